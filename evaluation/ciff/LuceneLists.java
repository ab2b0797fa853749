import java.nio.file.Files;
import java.nio.file.Path;
import java.util.StringJoiner;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.QueryBuilder;
import org.apache.lucene.util.SmallFloat;

/**
 * Prints an index of Lucene and its answers.
 *
 * Arguments: documents and queries as lines of a name, a tab and words; a new folder; the number of hits.
 */
public final class LuceneLists {
    public static void main(String[] arguments) throws Exception {
        BM25Similarity similarity = new BM25Similarity(0.9f, 0.4f);
        WhitespaceAnalyzer analyzer = new WhitespaceAnalyzer();
        FSDirectory directory = FSDirectory.open(Path.of(arguments[2]));
        try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(analyzer).setSimilarity(similarity))) {
            for (String line : Files.readAllLines(Path.of(arguments[0]))) {
                String[] parts = line.split("\t", 2);
                Document document = new Document();
                document.add(new StringField("id", parts[0], Field.Store.YES));
                document.add(new TextField("contents", parts[1], Field.Store.NO));
                writer.addDocument(document);
            }
            writer.forceMerge(1);
        }
        try (DirectoryReader reader = DirectoryReader.open(directory)) {
            LeafReader leaf = reader.leaves().get(0).reader();
            TermsEnum terms = leaf.terms("contents").iterator();
            while (terms.next() != null) {
                StringJoiner list = new StringJoiner("\t");
                list.add("T").add(terms.term().utf8ToString());
                PostingsEnum postings = terms.postings(null, PostingsEnum.FREQS);
                while (postings.nextDoc() != PostingsEnum.NO_MORE_DOCS) {
                    list.add(postings.docID() + ":" + postings.freq());
                }
                System.out.println(list);
            }
            NumericDocValues norms = leaf.getNormValues("contents");
            for (int document = 0; document < leaf.maxDoc(); document++) {
                norms.advanceExact(document);
                int length = SmallFloat.byte4ToInt((byte) norms.longValue());
                System.out.println("D\t" + reader.document(document).get("id") + "\t" + length);
            }
            IndexSearcher searcher = new IndexSearcher(reader);
            searcher.setSimilarity(similarity);
            QueryBuilder builder = new QueryBuilder(analyzer);
            for (String line : Files.readAllLines(Path.of(arguments[1]))) {
                String[] parts = line.split("\t", 2);
                Query query = builder.createBooleanQuery("contents", parts[1]);
                for (ScoreDoc hit : searcher.search(query, Integer.parseInt(arguments[3])).scoreDocs) {
                    System.out.println("R\t" + parts[0] + "\t" + reader.document(hit.doc).get("id") + "\t" + hit.score);
                }
            }
        }
    }
}
