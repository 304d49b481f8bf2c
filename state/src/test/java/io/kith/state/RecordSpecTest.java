package io.kith.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RecordSpecTest {
  private static final RecordLayout DEFAULTS = new RecordLayout(32, 4, 32, 16, 2, 1);

  @Test
  void theDrawingInTheSpecIsTheDescriptorsOwn() throws IOException {
    String spec = Files.readString(Path.of("SPEC.md"));
    assertThat(spec)
        .as("paste what is expected here into state/SPEC.md")
        .contains(RecordDrawing.of(DEFAULTS));
  }

  @Test
  void theSpecNamesTheVersion() throws IOException {
    assertThat(Files.readString(Path.of("SPEC.md")))
        .contains("Layout version " + RecordLayout.VERSION + ".");
  }
}
