package io.kith.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.kith.streams.intake.IntakeMain;
import io.kith.streams.serve.ServeMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * Every command in README.md and {@code docs/} is one that can be typed: the program knows it and
 * its flags, and the files of the repository that it names are there.
 */
class DocumentedCommandsTest {
  private static final Path ROOT = Path.of("..");

  /** A line of a block, indented or between fences, or a piece of code within a sentence. */
  private static final Pattern KITH = Pattern.compile("(?m)(?:^ *|`|&& )\\./kith ([^`#&\\n]*)");

  private static final Pattern FILE =
      Pattern.compile("(?<![\\w/.])(?:deploy|k8s|docs|\\.ci)/(?!target/)[\\w./-]*\\w");

  private static final Pattern FLINK_JOB =
      Pattern.compile("(?m)(?:^ *|`)deploy/ops/flink-job (\\w+)");

  /** What the script 'kith' does by itself. */
  private static final Set<String> OF_THE_SCRIPT = Set.of("test", "bench");

  @Test
  void kithKnowsEveryCommandAndItsFlags() throws IOException {
    Set<String> typed = found(KITH);

    assertThat(typed).hasSizeGreaterThan(40);
    for (String command : typed) {
      List<String> words = List.of(command.split("\\s+", -1));
      if (!OF_THE_SCRIPT.contains(words.get(0))) {
        assertThatCode(() -> parse(words)).as(command).doesNotThrowAnyException();
      }
    }
  }

  @Test
  void flinkJobKnowsItsCommands() throws IOException {
    String script = Files.readString(ROOT.resolve("deploy/ops/flink-job"));

    assertThat(found(FLINK_JOB))
        .hasSizeGreaterThan(6)
        .allSatisfy(command -> assertThat(script).contains("\n  " + command + ") "));
  }

  @Test
  void everyFileOfTheRepositoryThatIsNamedIsThere() throws IOException {
    assertThat(found(FILE))
        .hasSizeGreaterThan(20)
        .allSatisfy(file -> assertThat(ROOT.resolve(file)).exists());
  }

  private static void parse(List<String> words) {
    CommandLine.ParseResult parsed = Kith.commandLine().parseArgs(words.toArray(String[]::new));
    List<String> passedOn = words.subList(1, words.size());
    switch (words.get(0)) {
      case "serve" -> assertFlags(passedOn, CommandRun.help(ServeMain::main));
      case "intake" -> assertFlags(passedOn, CommandRun.help(IntakeMain::main));
      default -> assertThat(parsed.unmatched()).isEmpty();
    }
  }

  private static void assertFlags(List<String> words, String help) {
    assertThat(words.stream().filter(word -> word.startsWith("--") && !word.equals("--help")))
        .allSatisfy(flag -> assertThat(help).contains("  " + flag + "\n"));
  }

  /** What stands on the pages, once each; a line that ends in a backslash goes on in the next. */
  private static Set<String> found(Pattern pattern) throws IOException {
    Set<String> found = new TreeSet<>();
    for (Path page : pages()) {
      Matcher matcher = pattern.matcher(Files.readString(page).replaceAll("\\\\\\n *", ""));
      while (matcher.find()) {
        String text = matcher.group(matcher.groupCount()).strip();
        if (!text.contains("...")) {
          found.add(text);
        }
      }
    }
    return found;
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md")));
    try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
      files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
    }
    return pages;
  }
}
