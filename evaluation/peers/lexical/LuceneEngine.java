import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopScoreDocCollector;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.QueryBuilder;

/**
 * Lucene in a process of its own, started by compare.py; the actions and answers are those of measure.py:
 *
 *     version | build CORPUS INDEX | time INDEX QUERIES K RUNS | batch INDEX QUERIES K RUNS THREADS | rank INDEX QUERIES K
 */
public final class LuceneEngine {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Analyzer ANALYZER = new EnglishAnalyzer();
    private static final BM25Similarity SIMILARITY = new BM25Similarity(1.2f, 0.75f);
    private static final double BUFFER_MEGABYTES = 1000;
    /** Long enough for the compiler to have done its work. */
    private static final long WARM_UP_NANOSECONDS = 15_000_000_000L;

    private record Text(String id, String text) {}

    private interface TextConsumer {
        void accept(Text text) throws IOException;
    }

    /** The records of a file in BEIR layout, the title before the text. */
    private static void read(String path, TextConsumer consumer) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(Path.of(path))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode record = JSON.readTree(line);
                String title = record.path("title").asText(""), text = record.get("text").asText();
                consumer.accept(new Text(record.get("_id").asText(), title.isEmpty() ? text : title + " " + text));
            }
        }
    }

    /** One segment with frequencies and lengths, without positions and stored texts. */
    private static void build(String corpus, String folder) throws IOException {
        FieldType contents = new FieldType();
        contents.setTokenized(true);
        contents.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
        contents.freeze();
        IndexWriterConfig config = new IndexWriterConfig(ANALYZER).setSimilarity(SIMILARITY)
            .setRAMBufferSizeMB(BUFFER_MEGABYTES).setMergeScheduler(new SerialMergeScheduler());
        try (FSDirectory directory = FSDirectory.open(Path.of(folder));
             IndexWriter writer = new IndexWriter(directory, config)) {
            read(corpus, text -> {
                Document document = new Document();
                document.add(new Field("contents", text.text, contents));
                document.add(new BinaryDocValuesField("id", new BytesRef(text.id)));
                writer.addDocument(document);
            });
            writer.forceMerge(1);
            writer.commit();
        }
    }

    /** An open index; ids stand in a flat table, since a column's values can be read in the documents' order only. */
    private static final class Index {
        private final IndexSearcher searcher;
        private final String[] ids;
        private final QueryBuilder queries = new QueryBuilder(ANALYZER);

        Index(String folder) throws IOException {
            DirectoryReader reader = DirectoryReader.open(FSDirectory.open(Path.of(folder)));
            searcher = new IndexSearcher(reader);
            searcher.setSimilarity(SIMILARITY);
            searcher.setQueryCache(null);
            ids = new String[reader.maxDoc()];
            for (LeafReaderContext leaf : reader.leaves()) {
                BinaryDocValues column = leaf.reader().getBinaryDocValues("id");
                for (int document = column.nextDoc(); document != BinaryDocValues.NO_MORE_DOCS; document = column.nextDoc()) {
                    ids[leaf.docBase + document] = column.binaryValue().utf8ToString();
                }
            }
        }

        /** The ids of the top k; matches beyond them are not counted, as by the other engines. */
        List<String> search(String text, int k) {
            try {
                Query query = queries.createBooleanQuery("contents", text);
                List<String> found = new ArrayList<>();
                if (query != null) {
                    TopScoreDocCollector collector = TopScoreDocCollector.create(k, 0);
                    searcher.search(query, collector);
                    for (ScoreDoc hit : collector.topDocs().scoreDocs) {
                        found.add(ids[hit.doc]);
                    }
                }
                return found;
            } catch (IOException error) {
                throw new UncheckedIOException(error);
            }
        }
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    /** CPU time of this thread alone: the compiler's and the collector's threads are not in it. */
    private static double threadSeconds() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
    }

    private static <T> double median(List<T> runs, ToDoubleFunction<T> figure) {
        double[] values = runs.stream().mapToDouble(figure).sorted().toArray();
        int middle = values.length / 2;
        return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }

    private record Pass(double mean, double p50, double p99, double cpu) {}

    private static Pass pass(Index index, List<Text> queries, int k) {
        double[] each = new double[queries.size()];
        double cpu = threadSeconds();
        for (int i = 0; i < each.length; i++) {
            long begin = System.nanoTime();
            index.search(queries.get(i).text, k);
            each[i] = seconds(begin);
        }
        cpu = (threadSeconds() - cpu) / each.length;
        Arrays.sort(each);
        return new Pass(Arrays.stream(each).average().orElse(0), each[(each.length + 1) / 2 - 1],
            each[(99 * each.length + 99) / 100 - 1], cpu);
    }

    private static Map<String, Double> time(String folder, List<Text> queries, int k, int runs) throws IOException {
        long begin = System.nanoTime();
        Index index = new Index(folder);
        double open = seconds(begin);
        for (begin = System.nanoTime(); System.nanoTime() - begin < WARM_UP_NANOSECONDS;) {
            pass(index, queries, k);
        }
        List<Pass> passes = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            passes.add(pass(index, queries, k));
        }
        Map<String, Double> answer = new LinkedHashMap<>();
        answer.put("mean", 1e3 * median(passes, Pass::mean));
        answer.put("p50", 1e3 * median(passes, Pass::p50));
        answer.put("p99", 1e3 * median(passes, Pass::p99));
        answer.put("cpu", 1e3 * median(passes, Pass::cpu));
        answer.put("open", 1e3 * open);
        return answer;
    }

    private record Batch(double wall, double cpu) {}

    /** All queries once, each thread every THREADS-th of them. */
    private static Batch batch(Index index, List<Text> queries, int k, int threads, ExecutorService pool) throws Exception {
        long begin = System.nanoTime();
        List<Future<Double>> parts = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            int first = thread;
            parts.add(pool.submit(() -> {
                double cpu = threadSeconds();
                for (int i = first; i < queries.size(); i += threads) {
                    index.search(queries.get(i).text, k);
                }
                return threadSeconds() - cpu;
            }));
        }
        double cpu = 0;
        for (Future<Double> part : parts) {
            cpu += part.get();
        }
        return new Batch(seconds(begin), cpu);
    }

    private static Map<String, Double> batches(String folder, List<Text> queries, int k, int runs, int threads) throws Exception {
        Index index = new Index(folder);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        for (long begin = System.nanoTime(); System.nanoTime() - begin < WARM_UP_NANOSECONDS;) {
            batch(index, queries, k, threads, pool);
        }
        List<Batch> batches = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            batches.add(batch(index, queries, k, threads, pool));
        }
        pool.shutdown();
        Map<String, Double> answer = new LinkedHashMap<>();
        answer.put("batch", queries.size() / median(batches, Batch::wall));
        answer.put("batch_cpu", queries.size() / median(batches, Batch::cpu));
        return answer;
    }

    private static List<Text> queries(String path) throws IOException {
        List<Text> queries = new ArrayList<>();
        read(path, queries::add);
        return queries;
    }

    public static void main(String[] arguments) throws Exception {
        IndexSearcher.setMaxClauseCount(1 << 20);
        PrintStream answer = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        switch (arguments[0]) {
            case "version" -> answer.println(
                "Lucene " + org.apache.lucene.util.Version.LATEST + " (Java " + Runtime.version().feature() + ")");
            case "build" -> build(arguments[1], arguments[2]);
            case "time" -> answer.println(JSON.writeValueAsString(time(
                arguments[1], queries(arguments[2]), Integer.parseInt(arguments[3]), Integer.parseInt(arguments[4]))));
            case "batch" -> answer.println(JSON.writeValueAsString(batches(
                arguments[1], queries(arguments[2]), Integer.parseInt(arguments[3]), Integer.parseInt(arguments[4]),
                Integer.parseInt(arguments[5]))));
            case "rank" -> {
                Index index = new Index(arguments[1]);
                Map<String, List<String>> rankings = new LinkedHashMap<>();
                for (Text query : queries(arguments[2])) {
                    rankings.put(query.id, index.search(query.text, Integer.parseInt(arguments[3])));
                }
                answer.println(JSON.writeValueAsString(rankings));
            }
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }
}
