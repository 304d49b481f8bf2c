package io.kith.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The file that takes the log of one command: {@code .kith/logs/demo-20260131-120000-4711.log}. */
final class LogFile {
  private static final int KEPT = 20;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  private LogFile() {}

  /** Names the file to Log4j. Must come before the first logger; old files are removed. */
  static Path use(String command) throws IOException {
    Path folder = Home.work().resolve("logs");
    Files.createDirectories(folder);
    List<Path> old;
    try (Stream<Path> files = Files.list(folder)) {
      old =
          files
              .filter(file -> file.toString().endsWith(".log"))
              .sorted(Comparator.comparing(LogFile::age).reversed())
              .skip(KEPT - 1)
              .toList();
    }
    for (Path file : old) {
      Files.deleteIfExists(file);
    }
    String name =
        "%s-%s-%d.log"
            .formatted(
                command,
                LocalDateTime.now(ZoneId.systemDefault()).format(TIME),
                ProcessHandle.current().pid());
    Path file = folder.resolve(name);
    System.setProperty("kith.log", file.toString());
    return file;
  }

  private static long age(Path file) {
    return file.toFile().lastModified();
  }
}
