package io.kith.deploy.chaos;

import io.kith.deploy.demo.DemoStream;
import io.kith.deploy.settings.Settings;
import io.kith.deploy.settings.SettingsException;
import io.kith.deploy.settings.SettingsLoader;
import io.kith.model.Interaction;
import io.kith.operators.KithOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The distinct records of each output topic, and their digests: those of an undisturbed run at
 * parallelism 1 are kept in a file, for whatever befalls a job it must say the same. Any thread.
 */
final class GoldenOutputs {
  /** Of CollegeMsg, self loops left out. */
  static final int INTERACTIONS = 12_000;

  static final Path FILE = Path.of("src", "test", "resources", "golden-outputs.txt");

  /** Records of each topic that stand in the file as they are, for people. */
  private static final int SHOWN = 2;

  /** A record is the length of its key, the key, and the value. */
  private final SortedMap<String, SortedSet<byte[]>> topics = new TreeMap<>();

  /** What the job is fed with, by time. */
  static List<Interaction> stream(Path folder) throws IOException {
    return DemoStream.bundled(folder, INTERACTIONS).interactions().stream()
        .filter(i -> !i.source().equals(i.target()))
        .toList();
  }

  /** The settings, written to {@code file} as well. */
  static Settings settings(Path file, Map<String, String> more)
      throws IOException, SettingsException {
    StringBuilder text =
        new StringBuilder(
            """
            window: 1 h
            nodes: 2000
            parallelism: 2
            max-parallelism: 16
            checkpoint-interval: 1 s
            idle-timeout: 0
            """);
    more.forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
    Files.writeString(file, text);
    return new SettingsLoader(Map.of())
        .load(Optional.of(file), Map.of(), KithOptions.BOOTSTRAP_SERVERS);
  }

  /** A record that came; one that has come before with the same bytes changes nothing. */
  synchronized void add(String topic, byte[] key, byte[] value) {
    topics
        .computeIfAbsent(topic, name -> new TreeSet<>(Arrays::compareUnsigned))
        .add(
            ByteBuffer.allocate(Integer.BYTES + key.length + value.length)
                .putInt(key.length)
                .put(key)
                .put(value)
                .array());
  }

  /** The text of the file. */
  synchronized String text() {
    StringBuilder text = new StringBuilder();
    topics.forEach(
        (topic, records) -> {
          text.append(
              "%s: %d distinct records, sha256 %s\n"
                  .formatted(topic, records.size(), digest(records)));
          records.stream().limit(SHOWN).forEach(record -> text.append(shown(record)).append('\n'));
        });
    return text.toString();
  }

  private static String shown(byte[] record) {
    ByteBuffer bytes = ByteBuffer.wrap(record);
    byte[] key = new byte[bytes.getInt()];
    bytes.get(key);
    return "  %s -> %s"
        .formatted(new String(key, StandardCharsets.UTF_8), StandardCharsets.UTF_8.decode(bytes));
  }

  /** Of all records in order, each after its length. */
  private static String digest(SortedSet<byte[]> records) {
    MessageDigest sha;
    try {
      sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has it", e);
    }
    for (byte[] record : records) {
      sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(record.length).flip());
      sha.update(record);
    }
    return HexFormat.of().formatHex(sha.digest());
  }
}
