/// A file of the page, as it stands in the binary.
struct PageFile: Sendable {
    var path: String
    var contentType: String
    var bytes: [UInt8]

    /// All files, by the address at which they are served.
    static let all = [
        PageFile(path: "/", contentType: "text/html; charset=utf-8", bytes: PackageResources.search_html),
        PageFile(path: "/review", contentType: "text/html; charset=utf-8", bytes: PackageResources.review_html),
        script("page.js", PackageResources.page_js), script("columns.js", PackageResources.columns_js),
        script("details.js", PackageResources.details_js), script("search.js", PackageResources.search_js),
        script("review.js", PackageResources.review_js),
        PageFile(path: "/page/style.css", contentType: "text/css; charset=utf-8", bytes: PackageResources.style_css),
        PageFile(path: "/openapi.json", contentType: "application/json", bytes: PackageResources.openapi_json),
    ]

    private static func script(_ name: String, _ bytes: [UInt8]) -> PageFile {
        PageFile(path: "/page/" + name, contentType: "text/javascript; charset=utf-8", bytes: bytes)
    }

    /// What the page may do: load its own scripts and styles and ask this server, and nothing else.
    static let policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

    var route: Route {
        Route(path: path, isOpen: true, ignoresQuery: true) { [self] _ in
            ServerResponse(
                contentType: contentType,
                headers: [
                    ("Cache-Control", "no-cache"), ("Content-Security-Policy", Self.policy),
                    ("Referrer-Policy", "no-referrer"),
                ], body: bytes)
        }
    }
}
