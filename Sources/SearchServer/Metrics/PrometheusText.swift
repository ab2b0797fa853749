/// Writes metrics in the text format of Prometheus (version 0.0.4).
struct PrometheusText {
    private(set) var text = ""

    /// Begins a metric with its description and type.
    mutating func begin(_ name: String, _ type: String, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }

    /// One sample; the values of labels are ours and need no escapes.
    mutating func sample(_ name: String, _ labels: [(String, String)] = [], _ value: some CustomStringConvertible) {
        let parts = labels.map { "\($0)=\"\($1)\"" }.joined(separator: ",")
        text += "\(name)\(parts.isEmpty ? "" : "{\(parts)}") \(value)\n"
    }

    /// A metric of one sample.
    mutating func single(_ name: String, _ type: String, _ help: String, _ value: some CustomStringConvertible) {
        begin(name, type, help)
        sample(name, [], value)
    }

    /// Requests and their times, route by route.
    mutating func requests(_ counts: [ServerMetrics.Count], routes: [String]) {
        begin("decoy_http_requests_total", "counter", "Requests by route and class of status.")
        for (route, count) in zip(routes, counts) {
            for (status, number) in count.statuses.enumerated() where number > 0 {
                sample("decoy_http_requests_total", [("route", route), ("status", "\(status)xx")], number)
            }
        }
        begin("decoy_http_request_duration_seconds", "histogram", "Time from request to answer by route.")
        for (route, count) in zip(routes, counts) where count.buckets.contains(where: { $0 > 0 }) {
            var sum = 0
            for (place, number) in count.buckets.enumerated() {
                sum += number
                let bound = place < ServerMetrics.bounds.count ? "\(ServerMetrics.bounds[place])" : "+Inf"
                sample("decoy_http_request_duration_seconds_bucket", [("route", route), ("le", bound)], sum)
            }
            sample("decoy_http_request_duration_seconds_sum", [("route", route)], count.seconds)
            sample("decoy_http_request_duration_seconds_count", [("route", route)], sum)
        }
    }
}
