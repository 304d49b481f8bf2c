package io.kith.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightsFileTest {
  private static final ModelSizes SMALL =
      new ModelSizes(2, 1, 1, 2, 4, 2, 2, 3, 5, List.of(1_000L), List.of());

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("model.safetensors");
  }

  @Test
  void whatIsWrittenIsReadBack() {
    Weights weights = Weights.random(SMALL, 5);
    WeightsFile.write(weights, file);
    Weights read = WeightsFile.read(file);
    assertThat(read.sizes()).isEqualTo(SMALL);
    assertThat(read.version()).isEqualTo(weights.version()).hasSize(16);
    assertThat(read.tensor("out.W1")).isEqualTo(weights.tensor("out.W1"));
  }

  @Test
  void theVersionDiffersBetweenWeights() {
    assertThat(Weights.random(SMALL, 5).version()).isNotEqualTo(Weights.random(SMALL, 6).version());
  }

  @Test
  void aTensorOfAnotherShapeIsRefusedWithBothShapes() throws IOException {
    WeightsFile.write(Weights.random(SMALL, 5), file);
    replaceInHeader("\"H\":\"3\"", "\"H\":\"4\"");
    assertThatThrownBy(() -> WeightsFile.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "tensor of another shape: name=out.W1, shape=[3, 155], expected=[4, 155]")
        .hasMessageContaining("name=out.w2, shape=[3], expected=[4]")
        .hasMessageEndingWith("file=" + file);
  }

  @Test
  void anotherFormatIsRefusedWithBothNames() throws IOException {
    WeightsFile.write(Weights.random(SMALL, 5), file);
    replaceInHeader("eager-nat/2", "eager-nat/3");
    assertThatThrownBy(() -> WeightsFile.read(file))
        .hasMessageContaining("format=eager-nat/3, expected=eager-nat/2");
  }

  @Test
  void aMissingTensorIsNamed() throws IOException {
    WeightsFile.write(Weights.random(SMALL, 5), file);
    replaceInHeader("ngh.bw", "ngh.xx");
    assertThatThrownBy(() -> WeightsFile.read(file))
        .hasMessageContaining("tensor missing: name=ngh.bw, expected=[3]");
  }

  @Test
  void aWeightThatIsNotFiniteIsRefused() throws IOException {
    WeightsFile.write(Weights.random(SMALL, 5), file);
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(bytes.length - 4, Float.NaN);
    Files.write(file, bytes);
    assertThatThrownBy(() -> WeightsFile.read(file))
        .hasMessageContaining("weight is not finite: name=out.b2, index=0, value=NaN");
  }

  @Test
  void aTensorMissingFromTheMapIsNamed() {
    assertThatThrownBy(() -> Weights.of(SMALL, Map.of()))
        .hasMessage("tensor missing: name=time.omega");
  }

  @Test
  void damagedFilesAreRefusedAndNothingElseHappens() throws IOException {
    WeightsFile.write(Weights.random(SMALL, 5), file);
    byte[] whole = Files.readAllBytes(file);
    long seed = 3;
    SplittableRandom random = new SplittableRandom(seed);
    int header = (int) ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getLong();
    for (int i = 0; i < 2_000; i++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(8 + header)] = (byte) (32 + random.nextInt(95));
      Files.write(file, damaged);
      try {
        assertThat(WeightsFile.read(file).sizes().self()).as("seed=%d", seed).isPositive();
      } catch (IllegalArgumentException refused) {
        assertThat(refused).as("seed=%d", seed).hasMessageEndingWith("file=" + file);
      }
    }
  }

  /** Replaces text in the header by text of the same length. */
  private void replaceInHeader(String from, String to) throws IOException {
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    Files.writeString(file, text.replace(from, to), StandardCharsets.ISO_8859_1);
  }
}
