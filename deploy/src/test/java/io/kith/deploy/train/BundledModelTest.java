package io.kith.deploy.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.kith.deploy.CommandRun;
import io.kith.deploy.local.ModelFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundledModelTest {
  private static final String EDGES = "src/main/resources/io/kith/deploy/demo/collegemsg.csv.gz";

  @TempDir Path folder;

  @Test
  @Tag("long")
  void isWhatItsReadmeSays() throws Exception {
    Path out = folder.resolve("model.safetensors");

    CommandRun run = CommandRun.kith("train", EDGES, "--seed", "1", "--out", out.toString());

    assertThat(run.exit()).as(run.text()).isZero();
    assertThat(out).hasBinaryContent(ModelFile.bundled());
  }
}
