package io.kith.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KernelsTest {
  private static final long SEED = 5;
  private static final int ROUNDS = 300;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final Kernels scalar = KernelChoice.of("scalar", true).kernels();
  private final Kernels vector = KernelChoice.of("vector", true).kernels();

  @Test
  void columnsAreAddedOneAfterAnother() {
    float[][] columns = {new float[16], new float[16], new float[16]};
    columns[0][1] = 1e8f;
    columns[1][1] = 3f;
    columns[2][1] = -1e8f;
    for (Kernels kernels : new Kernels[] {scalar, vector}) {
      float[] sum = new float[16];
      sum[1] = 1f;

      kernels.addColumns(columns, new int[] {0, 1, 2}, new float[] {1f, 1f, 1f}, 3, sum);
      assertThat(sum[1]).as("1 and 3 are lost beside 1e8").isZero();

      kernels.addColumns(columns, new int[] {0, 2, 1}, new float[] {1f, 1f, 2f}, 3, sum);
      assertThat(sum[1]).as("in the order given").isEqualTo(6f);
    }
  }

  @Test
  void bothFormsHaveTheSameBitsAtAnySize() {
    for (int round = 0; round < ROUNDS; round++) {
      int rows = Kernels.padded(1 + random.nextInt(300));
      int columns = 1 + random.nextInt(40);
      float[][] matrix = new float[columns][];
      int[] used = new int[columns];
      for (int c = 0; c < columns; c++) {
        matrix[c] = floats(rows);
        used[c] = random.nextInt(columns);
      }
      float[] factors = floats(columns);
      int count = random.nextInt(columns + 1);
      float[] sum = floats(rows);
      float[] other = sum.clone();

      scalar.addColumns(matrix, used, factors, count, sum);
      vector.addColumns(matrix, used, factors, count, other);
      assertSameBits(other, sum, round);

      float[] others = floats(columns);
      float[][] both = {sum.clone(), floats(rows)};
      float[][] each = {both[0].clone(), both[1].clone()};
      scalar.addColumns(matrix, used, factors, count, each[0]);
      scalar.addColumns(matrix, used, others, count, each[1]);
      vector.addColumnsToBoth(matrix, used, factors, others, count, both[0], both[1]);
      assertSameBits(both[0], each[0], round);
      assertSameBits(both[1], each[1], round);

      scalar.sigmoid(sum);
      vector.sigmoid(other);
      assertSameBits(other, sum, round);

      float[] x = floats(rows);
      float[] y = x.clone();
      scalar.tanh(x);
      vector.tanh(y);
      assertSameBits(y, x, round);
    }
  }

  @Test
  void bothFormsComeAsNearToLogarithmsAndCosines() {
    for (int round = 0; round < ROUNDS; round++) {
      int count = 1 + random.nextInt(40);
      double[] x = new double[Kernels.padded(count)];
      double[] angles = new double[x.length];
      for (int i = 0; i < count; i++) {
        x[i] = round == 0 ? i : StrictMath.pow(10, random.nextDouble(-12, 15));
        angles[i] = round == 0 ? i * (Math.PI / 2) : random.nextDouble(-1e5, 1e5);
      }
      double[] near = new double[x.length];
      double[] other = new double[x.length];
      scalar.nearLog1p(x, near, count);
      vector.nearLog1p(x, other, count);
      for (int i = 0; i < count; i++) {
        assertThat(other[i]).as("seed=%d, ln(1+%s)", SEED, x[i]).isEqualTo(near[i]);
      }
      scalar.nearCos(angles, near, count);
      vector.nearCos(angles, other, count);
      for (int i = 0; i < count; i++) {
        assertThat(other[i]).as("seed=%d, cos %s", SEED, angles[i]).isEqualTo(near[i]);
      }
    }
  }

  @Test
  void bothFormsHaveTheSameBitsWhereNumbersEnd() {
    float[] x = {
      0f,
      -0f,
      88f,
      89f,
      -87f,
      -88f,
      Float.MIN_VALUE,
      1e38f,
      -1e38f,
      1f,
      -1f,
      0.3465736f,
      1e-8f,
      44f,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY
    };
    float[] y = x.clone();
    scalar.sigmoid(x);
    vector.sigmoid(y);
    assertSameBits(y, x, 0);
    x =
        new float[] {
          0f,
          -0f,
          44f,
          45f,
          -44f,
          -45f,
          Float.MIN_VALUE,
          Float.MAX_VALUE,
          -Float.MAX_VALUE,
          1f,
          -1f,
          0.1f,
          1e-8f,
          22f,
          Float.POSITIVE_INFINITY,
          Float.NEGATIVE_INFINITY
        };
    y = x.clone();
    scalar.tanh(x);
    vector.tanh(y);
    assertSameBits(y, x, 0);
  }

  @Test
  void theyAreChosenByWhatTheJvmHas() {
    assertThat(KernelChoice.of("auto", true).kernels()).isInstanceOf(vector.getClass());
    assertThat(KernelChoice.of("auto", false).kernels()).isInstanceOf(ScalarKernels.class);
    assertThat(KernelChoice.of("auto", false).reason())
        .isEqualTo(
            "scalar kernels: the same results, but slower; for vector kernels start the JVM with"
                + " --add-modules jdk.incubator.vector");
    assertThat(KernelChoice.of("scalar", true).kernels()).isInstanceOf(ScalarKernels.class);
    assertThatThrownBy(() -> KernelChoice.of("vector", false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "no Vector API: start the JVM with --add-modules jdk.incubator.vector;"
                + " kith.kernels=vector");
    assertThatThrownBy(() -> KernelChoice.of("fast", true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no such kernels: use auto, vector or scalar; kith.kernels=fast");
  }

  /** Of all sizes from 1e-6 to 1e3, and of either sign. */
  private float[] floats(int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      double size = StrictMath.pow(10, random.nextDouble(-6, 3));
      values[i] = (float) (random.nextBoolean() ? size : -size);
    }
    return values;
  }

  private static void assertSameBits(float[] found, float[] expected, int round) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(Float.floatToRawIntBits(found[i]))
          .as("seed=%d, round=%d, at=%d of %d", SEED, round, i, expected.length)
          .isEqualTo(Float.floatToRawIntBits(expected[i]));
    }
  }
}
