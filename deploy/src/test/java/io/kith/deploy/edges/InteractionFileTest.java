package io.kith.deploy.edges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kith.model.Interaction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InteractionFileTest {
  @TempDir Path folder;

  @Test
  void csvAndJsonLinesSayTheSameGzippedOrNot() throws Exception {
    String csv = "source,target,timestamp,f0,f1\nann,\"bob, jr\",5,0.5,-1\n\n7,ann,6,1,2\n";
    String json =
        """
        {"source":"ann","target":"bob, jr","timestamp":5,"features":[0.5,-1]}
        {"source":7,"target":"ann","timestamp":6,"features":[1,2]}
        """;
    List<String> expected = List.of("ann -> bob, jr at 5 [0.5, -1.0]", "7 -> ann at 6 [1.0, 2.0]");

    assertThat(read(csv.getBytes(StandardCharsets.UTF_8))).isEqualTo(expected);
    assertThat(read(gzip(csv))).isEqualTo(expected);
    assertThat(read(json.getBytes(StandardCharsets.UTF_8))).isEqualTo(expected);
    assertThat(read(gzip(json))).isEqualTo(expected);
  }

  @Test
  void columnsMayComeInAnyOrder() throws Exception {
    assertThat(read("timestamp,source,target\n1,a,b".getBytes(StandardCharsets.UTF_8)))
        .containsExactly("a -> b at 1 []");
  }

  @Test
  void aMalformedLineIsNamedByItsNumberAndTheNextOnesFollow() throws Exception {
    String csv = "source,target,timestamp\na,b,1\n\na,b\na,b,2";

    assertThat(read(csv.getBytes(StandardCharsets.UTF_8)))
        .containsExactly(
            "a -> b at 1 []",
            "wrong number of fields: fields=2, expected=3, line=4",
            "a -> b at 2 []");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "a,,1|target is empty: target='', line=2",
        "a,b,soon|timestamp is not a whole number: timestamp=soon, line=2",
        "a,b,1.5|timestamp is not a whole number: timestamp=1.5, line=2",
        "\"a,b,1|a quote is not closed: column=1, line=2",
        "\"a\"b,c,1|text after a closing quote: column=4, line=2",
      })
  void csvFaultsAreSaidInWords(String line, String expected) throws Exception {
    assertThat(read(("source,target,timestamp\n" + line).getBytes(StandardCharsets.UTF_8)))
        .containsExactly(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"source\":\"a\",\"timestamp\":1}|target is neither text nor a whole number: target=, line=2",
        "{\"source\":\"a\",\"target\":\"b\",\"timestamp\":\"1\"}|timestamp is not a whole number: timestamp=\"1\", line=2",
        "{\"source\":\"a\",\"target\":\"b\",\"timestamp\":1,\"features\":[1e99]}|feature is not finite: f0=1.0E99, line=2",
        "{\"source\":\"a\",\"target\":\"b\",\"timestamp\":1,\"features\":3}|features is not an array: features=3, line=2",
        "[]|not an object: type=array, line=2",
      })
  void jsonFaultsAreSaidInWords(String line, String expected) throws Exception {
    String good = "{\"source\":\"a\",\"target\":\"b\",\"timestamp\":1}\n";
    assertThat(read((good + line).getBytes(StandardCharsets.UTF_8)))
        .containsExactly("a -> b at 1 []", expected);
  }

  @Test
  void aHeaderWithoutAColumnIsRefusedWithWhatIsExpected() throws IOException {
    Path file = Files.writeString(folder.resolve("edges"), "from,to,timestamp\n");

    assertThatThrownBy(() -> InteractionFile.open(file))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "neither JSON lines nor CSV, column source is missing (expected source,target,timestamp, then"
                + " f0,f1,...): header=from,to,timestamp, file="
                + file);
  }

  @Test
  void missingAndEmptyFilesAreNamed() throws IOException {
    Path none = folder.resolve("none");
    Path empty = Files.createFile(folder.resolve("empty"));

    assertThatThrownBy(() -> InteractionFile.open(none)).hasMessage("no such file: file=" + none);
    assertThatThrownBy(() -> InteractionFile.open(empty))
        .hasMessage("file is empty: file=" + empty);
  }

  private List<String> read(byte[] bytes) throws IOException {
    Path path = Files.write(folder.resolve("edges"), bytes);
    List<String> said = new ArrayList<>();
    try (InteractionFile file = InteractionFile.open(path)) {
      boolean more = true;
      while (more) {
        try {
          Optional<Interaction> next = file.next();
          next.ifPresent(interaction -> said.add(interaction.toString()));
          more = next.isPresent();
        } catch (MalformedLineException e) {
          said.add(e.getMessage());
        }
      }
      assertThat(file.fraction()).isEqualTo(1);
    }
    return said;
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
