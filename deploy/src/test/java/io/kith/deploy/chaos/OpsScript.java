package io.kith.deploy.chaos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The scripts in {@code deploy/ops}, as operators call them. */
final class OpsScript {
  private static final Path FOLDER = Path.of("ops").toAbsolutePath();

  private OpsScript() {}

  static Path file(String name) {
    return FOLDER.resolve(name);
  }

  /** What it said, line by line; one that fails is an error with its reason. */
  static List<String> run(String name, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("bash", file(name).toString()));
    command.addAll(arguments);
    Path complaints = Files.createTempFile(name, ".err");
    try {
      Process process = new ProcessBuilder(command).redirectError(complaints.toFile()).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError(
            "script failed: said=%s%s, exit=%d, command=%s"
                .formatted(Files.readString(complaints), said, process.exitValue(), command));
      }
      return said.lines().toList();
    } finally {
      Files.delete(complaints);
    }
  }
}
