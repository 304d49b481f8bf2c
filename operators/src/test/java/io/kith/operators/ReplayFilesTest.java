package io.kith.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.kith.model.Interaction;
import java.io.StringWriter;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayFilesTest {
  @Test
  void idsWithCommasAndQuotesAreQuoted() {
    StringWriter out = new StringWriter();
    ReplayFiles.scoresHeader(out);
    ReplayFiles.score(out, new Interaction("a,b", "the \"hub\"", 5), 0.25f);

    assertThat(out)
        .hasToString("timestamp,source,target,score\n5,\"a,b\",\"the \"\"hub\"\"\",0.25\n");
  }

  @ParameterizedTest
  @CsvSource({
    "0.1, 0.100000001",
    "-0.182158425, -0.182158425",
    "1, 1",
    "0, 0",
    "100, 100",
    "123456792, 123456792",
    "1234567936, 1.23456794e+09",
    "0.0001, 9.99999975e-05",
    "1e-40, 9.9999461e-41"
  })
  void floatsAreInNineDigitsAsByPrintf(float x, String expected) {
    assertThat(ReplayFiles.text(x)).isEqualTo(expected);
  }

  @Test
  void everyFloatReadsBackAsItself() {
    long seed = 11;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 20_000; i++) {
      float x = Float.intBitsToFloat(random.nextInt());
      if (Float.isFinite(x) && x != 0) {
        assertThat(Float.parseFloat(ReplayFiles.text(x))).as("seed=" + seed).isEqualTo(x);
      }
    }
  }
}
