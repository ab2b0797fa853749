/// A page of sections with a table of contents: one file that needs no network and no script.
struct HTMLPage {
    /// A part of the page with a heading.
    struct Section {
        /// The name in links.
        var id: String
        var title: String
        /// HTML; a section without any is left out.
        var body: String

        init(_ id: String, _ title: String, _ body: String) {
            self.id = id
            self.title = title
            self.body = body
        }
    }

    let title: String
    /// HTML between the title and the table of contents.
    var lead = ""
    var sections: [Section]

    /// The file's text.
    var text: String {
        let shown = sections.filter { !$0.body.isEmpty }
        var body = "<h1>\(HTMLText.escaped(title))</h1>\n\(lead)"
        if shown.count > 1 {
            let links = shown.map { "<li><a href=\"#\($0.id)\">\(HTMLText.escaped($0.title))</a></li>" }
            body += "<nav aria-label=\"Contents\">\n<ul>\n\(links.joined(separator: "\n"))\n</ul>\n</nav>\n"
        }
        for section in shown {
            body += "<section id=\"\(section.id)\" aria-labelledby=\"\(section.id)-h\">\n"
            body += "<h2 id=\"\(section.id)-h\">\(HTMLText.escaped(section.title))</h2>\n\(section.body)</section>\n"
        }
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <link rel="icon" href="data:,">
            <title>\(HTMLText.escaped(title))</title>
            <style>
            \(HTMLStyle.text)
            </style>
            </head>
            <body>
            <a class="skip" href="#report">Skip to the report</a>
            <main id="report">
            \(body)</main>
            </body>
            </html>

            """
    }
}
