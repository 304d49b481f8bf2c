package io.kith.deploy.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds the records that came against those of an undisturbed run, byte for byte. Each record says
 * its window, so equal bytes under one key are of one window. Any thread.
 */
final class Ledger {
  private static final int DESCRIBED = 10;
  private static final int LONGEST = 200;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<Output, Count> counts = new HashMap<>();
  private final List<String> differences = new ArrayList<>();
  private long expected;
  private long arrived;
  private long repeats;
  private long different;

  /** Bytes stand as characters, one for each, so that none is lost. */
  private record Output(String topic, String key, String value) {
    static Output of(String topic, byte[] key, byte[] value) {
      return new Output(
          topic,
          new String(key, StandardCharsets.ISO_8859_1),
          new String(value, StandardCharsets.ISO_8859_1));
    }

    static String text(String bytes) {
      return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
  }

  private static final class Count {
    private int expected;
    private int found;
  }

  /** A record of the undisturbed run; an equal one may come again. */
  synchronized void expect(String topic, byte[] key, byte[] value) {
    counts.computeIfAbsent(Output.of(topic, key, value), output -> new Count()).expected++;
    expected++;
  }

  /** A record that stands on a topic. */
  synchronized void found(String topic, byte[] key, byte[] value) {
    Output output = Output.of(topic, key, value);
    Count count = counts.get(output);
    if (count == null) {
      different++;
      if (differences.size() < DESCRIBED) {
        differences.add(describe(output));
      }
    } else if (count.found++ < count.expected) {
      arrived++;
    } else {
      repeats++;
    }
  }

  private String describe(Output output) {
    long window = window(output);
    String undisturbed =
        counts.keySet().stream()
            .filter(other -> other.topic.equals(output.topic) && other.key.equals(output.key))
            .filter(other -> window(other) == window)
            .max(Comparator.comparingInt(other -> sameStart(other.value, output.value)))
            .map(other -> cut(Output.text(other.value)))
            .orElse("nothing");
    return "topic=%s, key=%s, window=%d: found=%s, undisturbed=%s"
        .formatted(
            output.topic,
            Output.text(output.key),
            window,
            cut(Output.text(output.value)),
            undisturbed);
  }

  private static int sameStart(String one, String other) {
    int i = 0;
    while (i < Math.min(one.length(), other.length()) && one.charAt(i) == other.charAt(i)) {
      i++;
    }
    return i;
  }

  private static long window(Output output) {
    try {
      JsonNode json = JSON.readTree(Output.text(output.value));
      return json.path("window").asLong(-1);
    } catch (IOException e) {
      throw new UncheckedIOException("record is no JSON: key=" + Output.text(output.key), e);
    }
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
  }

  /** Records of the undisturbed run. */
  synchronized long expected() {
    return expected;
  }

  /** How many of them have come. */
  synchronized long arrived() {
    return arrived;
  }

  synchronized long missing() {
    return expected - arrived;
  }

  /** Records that came more often than undisturbed, with the same bytes. */
  synchronized long repeats() {
    return repeats;
  }

  /** Records that the undisturbed run does not have. */
  synchronized long different() {
    return different;
  }

  /** The first of those, beside the likest that the undisturbed run has for the key and window. */
  synchronized List<String> differences() {
    return List.copyOf(differences);
  }
}
