import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FieldInvertState;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermStatistics;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.search.similarities.Similarity;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.QueryBuilder;
import org.apache.lucene.util.SmallFloat;
import org.apache.lucene.util.Version;

/**
 * Prints the scores that Lucene gives the documents of corpus.jsonl for queries.jsonl, with exact document lengths.
 *
 * Lucene's BM25Similarity rounds a document's length to a byte. ExactLengths keeps it whole and is the same otherwise. That it is the
 * same is checked in each run: every document whose length survives the byte must get the same float from both.
 */
public final class LuceneBM25 {
    /** BM25Similarity (Lucene 9) with the length itself for a norm. */
    static final class ExactLengths extends Similarity {
        private final float k1;
        private final float b;

        ExactLengths(float k1, float b) {
            this.k1 = k1;
            this.b = b;
        }

        @Override
        public long computeNorm(FieldInvertState state) {
            return state.getLength() - state.getNumOverlap();
        }

        @Override
        public SimScorer scorer(float boost, CollectionStatistics collection, TermStatistics... terms) {
            long count = collection.docCount();
            long frequency = terms[0].docFreq();
            float idf = (float) Math.log(1 + (count - frequency + 0.5D) / (frequency + 0.5D));
            float average = (float) (collection.sumTotalTermFreq() / (double) count);
            float weight = boost * idf;
            return new SimScorer() {
                @Override
                public float score(float freq, long norm) {
                    float normInverse = 1f / (k1 * ((1 - b) + b * (float) norm / average));
                    return weight - weight / (1f + freq * normInverse);
                }
            };
        }
    }

    record Item(String id, String text) {}

    record Hit(String id, float score) {}

    static List<Item> read(Path path) throws IOException {
        List<Item> items = new ArrayList<>();
        ObjectMapper mapper = new ObjectMapper();
        for (String line : Files.readAllLines(path, StandardCharsets.UTF_8)) {
            JsonNode node = mapper.readTree(line);
            String title = node.path("title").asText("");
            String text = node.get("text").asText();
            items.add(new Item(node.get("_id").asText(), title.isEmpty() ? text : title + " " + text));
        }
        return items;
    }

    static Map<String, List<Hit>> search(List<Item> corpus, List<Item> queries, Similarity similarity) throws IOException {
        Analyzer analyzer = new EnglishAnalyzer();
        var directory = new ByteBuffersDirectory();
        IndexWriterConfig config = new IndexWriterConfig(analyzer).setSimilarity(similarity);
        try (IndexWriter writer = new IndexWriter(directory, config)) {
            for (Item item : corpus) {
                Document document = new Document();
                document.add(new StringField("id", item.id(), Field.Store.YES));
                document.add(new TextField("contents", item.text(), Field.Store.NO));
                writer.addDocument(document);
            }
            writer.forceMerge(1);
        }
        Map<String, List<Hit>> answers = new HashMap<>();
        try (DirectoryReader reader = DirectoryReader.open(directory)) {
            IndexSearcher searcher = new IndexSearcher(reader);
            searcher.setSimilarity(similarity);
            QueryBuilder builder = new QueryBuilder(analyzer);
            for (Item item : queries) {
                List<Hit> hits = new ArrayList<>();
                Query query = builder.createBooleanQuery("contents", item.text());
                if (query != null) {
                    for (ScoreDoc hit : searcher.search(query, corpus.size()).scoreDocs) {
                        hits.add(new Hit(searcher.storedFields().document(hit.doc).get("id"), hit.score));
                    }
                }
                answers.put(item.id(), hits);
            }
        }
        return answers;
    }

    /** The lengths in terms, as the analyzer gives them. */
    static Map<String, Integer> lengths(List<Item> corpus) throws IOException {
        Map<String, Integer> lengths = new HashMap<>();
        try (Analyzer analyzer = new EnglishAnalyzer()) {
            for (Item item : corpus) {
                try (var stream = analyzer.tokenStream("contents", item.text())) {
                    stream.reset();
                    int length = 0;
                    while (stream.incrementToken()) length++;
                    lengths.put(item.id(), length);
                }
            }
        }
        return lengths;
    }

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        List<Item> corpus = read(folder.resolve("corpus.jsonl"));
        List<Item> queries = read(folder.resolve("queries.jsonl"));
        Map<String, Integer> lengths = lengths(corpus);
        float[][] settings = {{1.2f, 0.75f}, {0.9f, 0.4f}};
        System.out.println("# Lucene " + Version.LATEST + ": k1, b, query, rank, document, score");
        int checked = 0;
        for (float[] setting : settings) {
            var exact = search(corpus, queries, new ExactLengths(setting[0], setting[1]));
            var stock = search(corpus, queries, new BM25Similarity(setting[0], setting[1]));
            for (Item query : queries) {
                Map<String, Float> scores = new HashMap<>();
                for (Hit hit : stock.get(query.id())) scores.put(hit.id(), hit.score());
                int rank = 0;
                for (Hit hit : exact.get(query.id())) {
                    int length = lengths.get(hit.id());
                    if (SmallFloat.byte4ToInt(SmallFloat.intToByte4(length)) == length) {
                        checked++;
                        if (scores.get(hit.id()) != hit.score()) {
                            throw new AssertionError("BM25Similarity gives " + hit.id() + " for " + query.id() + " another score");
                        }
                    }
                    rank++;
                    System.out.println(String.join("\t", Float.toString(setting[0]), Float.toString(setting[1]),
                        query.id(), Integer.toString(rank), hit.id(), Float.toString(hit.score())));
                }
            }
        }
        System.err.println(checked + " scores are those of Lucene's own BM25Similarity, bit for bit");
    }
}
