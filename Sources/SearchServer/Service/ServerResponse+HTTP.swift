import HTTPTypes

extension ServerResponse {
    /// The head as the network takes it.
    var head: HTTPResponse {
        var fields = contentType == "application/json" ? Self.jsonFields : Self.commonFields
        if contentType != "application/json" { fields[.contentType] = contentType }
        for (name, value) in headers {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        fields[.contentLength] = String(body.count)
        fields[.date] = HTTPDate.now
        return HTTPResponse(status: .init(code: status), headerFields: fields)
    }

    /// What every answer says: that it is what its type says, and kept by no cache unless it says otherwise.
    private static let commonFields: HTTPFields = {
        var fields = HTTPFields()
        fields[.xContentTypeOptions] = "nosniff"
        fields[.cacheControl] = "no-store"
        return fields
    }()

    private static let jsonFields: HTTPFields = {
        var fields = commonFields
        fields[.contentType] = "application/json"
        return fields
    }()
}
