import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.interactive.form.PDAcroForm;
import org.apache.pdfbox.pdmodel.interactive.form.PDCheckBox;
import org.apache.pdfbox.pdmodel.interactive.form.PDField;
import org.apache.pdfbox.pdmodel.interactive.form.PDVariableText;

/**
 * Fills, flattens and encrypts a form with PDFBox: one document for each line on standard input.
 *
 * <p>Arguments: form.pdf values.tsv font.ttf out.pdf replace|embed. With "replace" the form's own
 * fonts are kept and what they cannot write becomes a question mark (PDFBox throws otherwise); with
 * "embed" every field gets the font that is handed in. Answers "ok WALL CPU" (nanoseconds) or "failed
 * WHY".
 */
public final class PdfBoxWorker {
    private record Entry(String name, String kind, String value) {}

    private final byte[] form;
    private final byte[] font;
    private final boolean embed;
    private final List<Entry> entries = new ArrayList<>();

    private PdfBoxWorker(String[] args) throws Exception {
        form = Files.readAllBytes(Path.of(args[0]));
        font = Files.readAllBytes(Path.of(args[2]));
        embed = args[4].equals("embed");
        for (String line : Files.readAllLines(Path.of(args[1]), StandardCharsets.UTF_8)) {
            String[] cells = line.split("\t", -1);
            entries.add(new Entry(cells[0], cells[1], cells[2].replace("\\n", "\n")));
        }
    }

    public static void main(String[] args) throws Exception {
        PdfBoxWorker worker = new PdfBoxWorker(args);
        OperatingSystemMXBean system =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in));
        while (orders.readLine() != null) {
            long started = System.nanoTime();
            long before = system.getProcessCpuTime();
            try {
                byte[] made = worker.make();
                long taken = System.nanoTime() - started;
                long cpu = system.getProcessCpuTime() - before;
                Files.write(Path.of(args[3]), made);
                System.out.println("ok " + taken + " " + cpu);
            } catch (Exception error) {
                System.out.println("failed " + error.toString().lines().findFirst().orElse(""));
            }
        }
    }

    private byte[] make() throws Exception {
        try (PDDocument document = Loader.loadPDF(form)) {
            PDAcroForm fields = document.getDocumentCatalog().getAcroForm();
            String resource = null;
            if (embed) {
                PDType0Font loaded =
                        PDType0Font.load(document, new java.io.ByteArrayInputStream(font), false);
                resource = fields.getDefaultResources().add(loaded).getName();
            }
            for (Entry entry : entries) {
                set(fields.getField(entry.name()), entry, resource);
            }
            fields.flatten();
            StandardProtectionPolicy policy =
                    new StandardProtectionPolicy(
                            UUID.randomUUID().toString(), "", new AccessPermission());
            policy.setEncryptionKeyLength(256);
            document.protect(policy);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            document.save(out);
            return out.toByteArray();
        }
    }

    private static void set(PDField field, Entry entry, String resource) throws Exception {
        if (field instanceof PDCheckBox box) {
            box.check();
        } else if (field instanceof PDVariableText text) {
            if (resource != null) {
                String own = text.getDefaultAppearance();
                text.setDefaultAppearance(own.replaceFirst("/\\S+", "/" + resource));
                text.getWidgets().forEach(widget -> widget.getCOSObject().removeItem(COSName.AP));
            }
            text.setValue(resource == null ? writable(entry.value()) : entry.value());
        } else {
            field.setValue(entry.value());
        }
    }

    /** The text as WinAnsi can write it, with "?" for the rest. */
    private static String writable(String text) {
        java.nio.charset.CharsetEncoder winAnsi =
                java.nio.charset.Charset.forName("windows-1252").newEncoder();
        StringBuilder out = new StringBuilder();
        text.chars().forEach(at -> out.append(winAnsi.canEncode((char) at) ? (char) at : '?'));
        return out.toString();
    }
}
