/// `/metrics`: counts and times for Prometheus.
enum MetricsEndpoint {
    static func answer(
        _ counts: [ServerMetrics.Count], routes: [String], collection: LiveCollection, version: String
    ) -> ServerResponse {
        var text = PrometheusText()
        text.begin("decoy_build_info", "gauge", "The version of the program.")
        text.sample("decoy_build_info", [("version", version)], 1)
        text.requests(counts, routes: routes)
        text.single(
            "decoy_index_documents", "gauge", "Documents that are served.", collection.current.documentCount)
        text.single("decoy_index_reloads_total", "counter", "New commits taken up.", collection.reloads.done)
        text.single(
            "decoy_index_reload_failures_total", "counter", "Commits that could not be opened.",
            collection.reloads.failed)
        text.single("process_cpu_seconds_total", "counter", "CPU time.", ProcessUsage.cpuSeconds)
        if let bytes = ProcessUsage.residentBytes {
            text.single("process_resident_memory_bytes", "gauge", "Resident memory.", bytes)
        }
        return ServerResponse(contentType: "text/plain; version=0.0.4; charset=utf-8", body: Array(text.text.utf8))
    }
}
