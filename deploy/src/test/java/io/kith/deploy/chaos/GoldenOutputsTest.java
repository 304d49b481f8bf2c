package io.kith.deploy.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.kith.deploy.local.ModelFile;
import io.kith.deploy.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the job says of CollegeMsg is what it has always said, to the byte. */
class GoldenOutputsTest {
  private static final String MAKE =
      "./kith test -pl deploy -am -Dtest=GoldenOutputsTest -Dsurefire.failIfNoSpecifiedTests=false"
          + " -Dgolden.make=true -DskipITs";

  @TempDir Path folder;

  @Test
  @Timeout(120)
  void anUndisturbedRunSaysWhatIsKept() throws Exception {
    Settings settings =
        GoldenOutputs.settings(
            folder.resolve("kith.yaml"), Map.of("bootstrap-servers", "nowhere:9092"));
    GoldenOutputs golden = new GoldenOutputs();
    Undisturbed.run(
        settings, ModelFile.read(settings), GoldenOutputs.stream(folder), folder, golden::add);

    if (Boolean.getBoolean("golden.make")) {
      Files.writeString(GoldenOutputs.FILE, golden.text());
    }
    assertThat(golden.text())
        .as("the outputs have changed; where that is meant, type: " + MAKE)
        .isEqualTo(Files.readString(GoldenOutputs.FILE));
  }

  @Test
  void whatComesAgainChangesNothingAndOneOtherByteDoes() {
    GoldenOutputs one = new GoldenOutputs();
    GoldenOutputs other = new GoldenOutputs();
    one.add("t", new byte[] {1, 2}, new byte[] {3});
    other.add("t", new byte[] {1}, new byte[] {2, 3});
    String once = one.text();
    one.add("t", new byte[] {1, 2}, new byte[] {3});

    assertThat(one.text()).isEqualTo(once).startsWith("t: 1 distinct records, sha256 ");
    assertThat(other.text()).isNotEqualTo(once);
  }
}
