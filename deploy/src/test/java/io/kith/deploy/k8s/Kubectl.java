package io.kith.deploy.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The kubectl on the path. A test that needs what it cannot do is skipped, and says why. */
final class Kubectl {
  /** The first with kustomize 5; 1.20 has 2.0, which does not know the field patches. */
  private static final int MINOR = 27;

  private static final Pattern VERSION = Pattern.compile("v1\\.(\\d+)\\..*");

  private Kubectl() {}

  /** What {@code kubectl kustomize} renders of a folder. */
  static String kustomize(Path folder) throws IOException, InterruptedException {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(bin -> Files.isExecutable(Path.of(bin, "kubectl"))),
        "kubectl is not installed; install 1."
            + MINOR
            + " or newer (https://kubernetes.io/docs/tasks/tools)");
    Said rendered = run("kustomize", folder.toString());
    if (rendered.exit != 0) {
      String version =
          new ObjectMapper()
              .readTree(run("version", "--client", "-o", "json").text)
              .at("/clientVersion/gitVersion")
              .asText();
      Optional<String> complaint = tooOld(version);
      assumeTrue(complaint.isEmpty(), () -> complaint.orElseThrow() + ", folder=" + folder);
    }
    assertThat(rendered.exit).as(rendered.text).isZero();
    return rendered.text;
  }

  /** Why this version cannot render every folder; empty where it can. */
  static Optional<String> tooOld(String version) {
    Matcher numbers = VERSION.matcher(version);
    if (!numbers.matches() || Integer.parseInt(numbers.group(1)) >= MINOR) {
      return Optional.empty();
    }
    return Optional.of(
        "kubectl is too old, put a newer one first on the path"
            + " (https://kubernetes.io/docs/tasks/tools): needed=v1.%d, found=%s"
                .formatted(MINOR, version));
  }

  private static Said run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("kubectl"));
    command.addAll(List.of(arguments));
    Process kubectl = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Said(kubectl.waitFor(), text);
  }

  private record Said(int exit, String text) {}
}
