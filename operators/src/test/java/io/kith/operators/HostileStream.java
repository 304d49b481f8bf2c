package io.kith.operators;

import io.kith.model.Interaction;
import io.kith.model.ModelSizes;
import io.kith.model.NodeKey;
import io.kith.model.Weights;
import io.kith.model.WeightsFile;
import io.kith.operators.KithOptions.TimestampUnit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A stream made to hurt: a hub in most interactions, many equal times, exact duplicates, self
 * loops, ids of every script, two ids with one key, ids that are numbers, features of either zero.
 * All of it goes through the parser.
 *
 * @param windowMs length of a window, ms
 * @param boundMs how far out of order a partition may be, ms
 * @param ordered what the parser made of it, in the order of time
 */
record HostileStream(long seed, long windowMs, long boundMs, List<Arrival> ordered) {
  static final int MAX_ID_BYTES = 256;

  private static final ModelSizes SIZES =
      new ModelSizes(5, 3, 2, 4, 6, 4, 2, 7, 9, List.of(), List.of(5_000L));

  /** Two ids of one key: the last eight bytes of one are worked out from XXH64's last steps. */
  static final List<String> ONE_KEY = List.of("kith-one-collide", "0000003e9COs)XwZ");

  private static final List<Long> WINDOWS_MS = List.of(0L, 700L, 1_000L, 60_000L);
  private static final List<Long> BOUNDS_MS = List.of(3_000L, 500L, 0L);

  static HostileStream of(long seed, int size) {
    SplittableRandom random = new SplittableRandom(seed);
    long window = WINDOWS_MS.get((int) (seed % WINDOWS_MS.size()));
    long bound = BOUNDS_MS.get((int) (seed % BOUNDS_MS.size()));
    ArrivalReader parser =
        new ArrivalReader(
            new ParserSettings(SIZES.features(), TimestampUnit.MILLISECONDS, 1 << 30, MAX_ID_BYTES),
            () -> 0);
    List<Arrival> arrivals = new ArrayList<>();
    long t = 0;
    while (arrivals.size() < size) {
      t += random.nextInt(3) == 0 ? random.nextInt(1_500) : random.nextInt(2);
      byte[] json = json(random, t).getBytes(StandardCharsets.UTF_8);
      for (int copies = random.nextInt(20) == 0 ? 3 : 1; copies > 0; copies--) {
        arrivals.add(parser.read(new Origin("edges", 0, 0, 0), null, json));
      }
    }
    return new HostileStream(seed, window, bound, arrivals);
  }

  private static String json(SplittableRandom random, long t) {
    String hub = random.nextInt(5) == 0 ? "42" : "\"42\"";
    String one = random.nextInt(10) < 6 ? hub : id(random);
    String other = id(random);
    boolean swap = random.nextBoolean();
    return "{\"source\":%s,\"target\":%s,\"timestamp\":%d,\"features\":[%s,%s]}"
        .formatted(
            swap ? other : one,
            swap ? one : other,
            t,
            List.of("0.0", "-0.0", "1", "1e-42").get(random.nextInt(4)),
            (float) random.nextDouble() - 0.5f);
  }

  /** An id as JSON. */
  private static String id(SplittableRandom random) {
    int n = random.nextInt(12);
    return switch (random.nextInt(8)) {
      case 0 -> "\"\ud83d\ude00" + n + "\"";
      case 1 -> "\"e\u0301" + n + "\"";
      case 2 -> "\"\u00e9" + n + "\"";
      case 3 -> "\"" + "\u65e5".repeat((MAX_ID_BYTES - 3) / 3) + n + "\"";
      case 4 -> "\"\\u0000\\ud834\\udd1e\\\"" + n + "\"";
      case 5 -> "\"" + ONE_KEY.get(n % 2) + "\"";
      case 6 -> "-" + (n + 1);
      default -> "\"" + n * 31 + "\"";
    };
  }

  /** Weights for its features. */
  byte[] weightsFile() {
    try {
      Path file = Files.createTempFile("hostile", ".safetensors");
      try {
        WeightsFile.write(weights(), file);
        return Files.readAllBytes(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Weights weights() {
    return Weights.random(SIZES, seed);
  }

  /** The interactions in it, in the order of time. */
  List<Interaction> interactions() {
    return ordered.stream()
        .filter(arrival -> arrival.refusal() == null)
        .map(Arrival::interaction)
        .toList();
  }

  /** The same, no further out of order than the bound, and dealt to partitions at random. */
  ArrivalScript shuffled(SplittableRandom random, int partitions) {
    record Placed(long place, int among, Arrival arrival) {}
    List<Placed> placed = new ArrayList<>();
    long t = 0;
    for (Arrival arrival : ordered) {
      t = arrival.refusal() == null ? arrival.interaction().timestamp() : t;
      placed.add(new Placed(t + random.nextLong(boundMs + 1), random.nextInt(), arrival));
    }
    placed.sort(Comparator.comparingLong(Placed::place).thenComparingInt(Placed::among));
    long[] offsets = new long[partitions];
    List<Arrival> dealt = new ArrayList<>();
    for (Placed each : placed) {
      int partition = random.nextInt(partitions);
      Arrival arrival = each.arrival();
      dealt.add(
          new Arrival(
              new Origin("edges", partition, offsets[partition]++, 0),
              arrival.interaction(),
              false,
              arrival.refusal(),
              arrival.key(),
              arrival.value()));
    }
    return Scripts.arrivals(dealt, partitions);
  }

  /** Whether a node's id is one of two for its key. */
  static boolean sharesItsKey(String id) {
    return NodeKey.of(id) == NodeKey.of(ONE_KEY.get(0));
  }
}
