import Foundation
import Testing

/// A window of headless Chromium with a fresh profile, by W3C WebDriver.
struct Browser: Sendable {
    /// Keys without a character, as WebDriver writes them.
    enum Key {
        static let enter = "\u{E007}", escape = "\u{E00C}", end = "\u{E010}"
        static let left = "\u{E012}", up = "\u{E013}", right = "\u{E014}", down = "\u{E015}"
    }

    private let session: String

    private init(width: Int, height: Int, isDark: Bool) throws {
        let options: [String: Any] = [
            "binary": try ChromeDriver.shared().browser,
            // No sandbox: it needs rights that containers lack, and the pages are our own.
            "args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        ]
        let wanted: [String: Any] = [
            "browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": ["browser": "ALL"],
        ]
        let made = try Self.send(
            "POST", "/session", ["capabilities": ["alwaysMatch": wanted]])
        guard let id = (made as? [String: Any])?["sessionId"] as? String else {
            throw BrowserFailure("no session: \(made)")
        }
        session = "/session/" + id
        // Windows cannot be narrower than 500 pixels; screens can.
        try devTools(
            "Emulation.setDeviceMetricsOverride",
            ["width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500])
        try devTools(
            "Emulation.setEmulatedMedia",
            ["features": [["name": "prefers-color-scheme", "value": isDark ? "dark" : "light"]]])
    }

    /// Does something with a new window; afterwards the console must hold nothing but what is allowed.
    static func run(
        width: Int = 1400, height: Int = 900, isDark: Bool = false, allowing allowed: [String] = [],
        _ work: (Browser) throws -> Void
    ) throws {
        let browser = try Browser(width: width, height: height, isDark: isDark)
        do {
            try work(browser)
            let complaints = try browser.console().filter { line in !allowed.contains { line.contains($0) } }
            #expect(complaints.isEmpty, "the browser's console: \(complaints)")
        } catch {
            _ = try? Self.send("DELETE", browser.session)
            throw error
        }
        _ = try Self.send("DELETE", browser.session)
    }

    /// Loads a page.
    func open(_ address: String) throws { try command("POST", "/url", ["url": address]) }

    /// Loads the page again.
    func reload() throws { try command("POST", "/refresh", [:]) }

    /// The value of a JavaScript expression.
    func value(_ expression: String) throws -> JSONValue {
        JSONValue(try command("POST", "/execute/sync", ["script": "return (\(expression));", "args": []]))
    }

    /// Runs JavaScript.
    func perform(_ script: String) throws {
        try command("POST", "/execute/sync", ["script": script, "args": []])
    }

    /// Waits until an expression is true; an issue names it where that takes longer than half a minute.
    func wait(for expression: String, _ location: SourceLocation = #_sourceLocation) throws {
        let end = ContinuousClock.now + .seconds(30)
        while ContinuousClock.now < end {
            if try value("Boolean(\(expression))").bool == true { return }
            Thread.sleep(forTimeInterval: 0.025)
        }
        let text = try value("document.body.innerText").text ?? ""
        Issue.record("never true: \(expression)\non the page: \(text.prefix(1500))", sourceLocation: location)
        throw BrowserFailure("never true: \(expression)")
    }

    /// Presses keys one after the other, where the focus is.
    func press(_ keys: String...) throws {
        let actions = keys.joined().unicodeScalars.flatMap { key in
            ["keyDown", "keyUp"].map { ["type": $0, "value": String(key)] }
        }
        let source: [String: Any] = ["type": "key", "id": "keyboard", "actions": actions]
        try command("POST", "/actions", ["actions": [source]])
    }

    /// Clicks in the middle of the first element that a selector finds, as a person would.
    func click(_ selector: String) throws {
        let element = try command(
            "POST", "/element", ["using": "css selector", "value": selector])
        guard let id = (element as? [String: Any])?.values.first as? String else {
            throw BrowserFailure("no element \(selector)")
        }
        try command("POST", "/element/\(id)/click", [:])
    }

    /// The messages of the console since the last call: failed requests, errors of scripts, violations of the policy.
    func console() throws -> [String] {
        let entries = try command("POST", "/se/log", ["type": "browser"])
        return (entries as? [[String: Any]] ?? []).compactMap { $0["message"] as? String }
    }

    /// A command of Chromium's own protocol.
    func devTools(_ name: String, _ parameters: [String: Any]) throws {
        try command("POST", "/goog/cdp/execute", ["cmd": name, "params": parameters])
    }

    @discardableResult
    private func command(_ method: String, _ path: String, _ body: [String: Any]? = nil) throws -> Any {
        try Self.send(method, session + path, body)
    }

    /// Sends a command and returns its value.
    private static func send(_ method: String, _ path: String, _ body: [String: Any]? = nil) throws -> Any {
        let data = try body.map { try JSONSerialization.data(withJSONObject: $0) }
        let answer = try LoopbackConnection.request(method, port: ChromeDriver.shared().port, path: path, body: data)
        let object = try JSONSerialization.jsonObject(with: answer.body) as? [String: Any]
        guard answer.status == 200, let value = object?["value"] else {
            throw BrowserFailure("\(method) \(path): \(String(decoding: answer.body.prefix(600), as: UTF8.self))")
        }
        return value
    }
}

/// What a script returned.
struct JSONValue {
    private let value: Any
    init(_ value: Any) { self.value = value }
    var text: String? { value as? String }
    var number: Double? { (value as? NSNumber)?.doubleValue }
    var bool: Bool? { value as? Bool }
    var texts: [String]? { value as? [String] }
}
