import Foundation
import Testing

@testable import SearchServer

@Suite("The OpenAPI document")
struct DocumentationTests {
    private func document() throws -> JSONView {
        try JSONView(parsing: PageFile.all.first { $0.path == "/openapi.json" }?.bytes ?? [])
    }

    @Test("It has every route that programs ask, and no other.")
    func routes() throws {
        let sample = try ServedSample()
        let pages = Set(PageFile.all.map(\.path))
        let served = Set(
            sample.service.routeNames.filter { !pages.contains(String($0.split(separator: " ")[1])) })
        let paths = try document().paths
        let written = Set(paths.keys.flatMap { path in paths[path].keys.map { "\($0.uppercased()) \(path)" } })
        #expect(served == written)
    }

    @Test("Its parameters are those of the routes: names, limits, which are required.")
    func parameters() throws {
        let sample = try ServedSample()
        let document = try document()
        for route in sample.service.routeList {
            let operation = document.paths[route.path][route.method.lowercased()]
            guard operation != .none else { continue }
            let body = operation.requestBody.content["application/json"].schema
            let written: [String: JSONView] =
                route.method == "POST"
                ? Dictionary(uniqueKeysWithValues: body.properties.keys.map { ($0, body.properties[$0]) })
                : Dictionary(
                    uniqueKeysWithValues: operation.parameters.array.filter { $0["in"].string == "query" }
                        .map { ($0.name.string ?? "", $0.schema) })
            #expect(Set(written.keys) == Set(route.parameters.map(\.name)), "\(route.path)")
            let required =
                route.method == "POST"
                ? Set(body.required.array.compactMap(\.string))
                : Set(
                    operation.parameters.array.filter { $0.required.truth == true && $0["in"].string == "query" }
                        .compactMap(\.name.string))
            #expect(required == Set(route.parameters.filter(\.isRequired).map(\.name)), "\(route.path)")
            for parameter in route.parameters {
                guard let schema = written[parameter.name] else { continue }
                check(parameter, schema, "\(route.path) \(parameter.name)")
            }
        }
    }

    private func check(_ parameter: Parameter, _ schema: JSONView, _ place: String) {
        let schema = parameter.limit > 1 ? schema.items : schema
        switch parameter.kind {
        case .text(let limit): #expect(schema.maxLength.number == Double(limit), "\(place)")
        case .integer(let range):
            #expect(schema.minimum.number == Double(range.lowerBound), "\(place)")
            #expect(schema.maximum.number == Double(range.upperBound), "\(place)")
        case .number(let range):
            #expect(schema.minimum.number == range.lowerBound && schema.maximum.number == range.upperBound, "\(place)")
        case .flag: #expect(schema.type.string == "boolean", "\(place)")
        case .choice(let words): #expect(schema["enum"].array.map(\.string) == words, "\(place)")
        }
    }
}
