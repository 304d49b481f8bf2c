package io.kith.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/**
 * Vectors stay in registers only while the second compiler (C2) can inline all that is done with
 * them. It looks at operations on vectors last. What else it has put off until then was too much
 * for one method: whether it still sees what is a vector depends on luck, and where it does not, a
 * kernel is ten times as slow. Its own log says so. In a JVM of its own.
 */
@EnabledForJreRange(max = JRE.JAVA_17, disabledReason = "of newer compilers it is not known")
@EnabledIfSystemProperty(
    named = "os.arch",
    matches = "amd64|x86_64",
    disabledReason = "of other processors it is not known")
class VectorKernelsInliningTest {
  private static final Pattern TASK = Pattern.compile("<task .*method='(io\\.kith\\.\\S+ \\S+) .*");
  private static final String BY_FIRST_COMPILER = " level='";
  private static final String PUT_OFF = "<late_inline ";
  private static final String VECTOR_OPERATION = "<intrinsic id='_Vector";

  @TempDir Path folder;

  @Test
  void nothingButOperationsOnVectorsIsPutOff() throws Exception {
    Map<String, Integer> tooMuch = new TreeMap<>();
    int operations = 0;
    try (BufferedReader log = Files.newBufferedReader(compiled())) {
      String method = null;
      int more = 0;
      for (String line = log.readLine(); line != null; line = log.readLine()) {
        Matcher task = TASK.matcher(line);
        if (line.startsWith("<task ")) {
          method = task.matches() && !line.contains(BY_FIRST_COMPILER) ? task.group(1) : null;
          more = 0;
        } else if (method != null && line.startsWith(PUT_OFF)) {
          more++;
        } else if (method != null && line.startsWith(VECTOR_OPERATION)) {
          more--;
          operations++;
        } else if (line.startsWith("</task>") && method != null && more != 0) {
          tooMuch.put(method, more);
        }
      }
    }

    assertThat(operations).as("operations in compiled kernels").isGreaterThan(100);
    assertThat(tooMuch).as("inlined too late, by method").isEmpty();
  }

  /** What C2 says of the kernels at work. */
  private Path compiled() throws IOException, InterruptedException {
    Path log = folder.resolve("compiler.xml");
    Path out = folder.resolve("out.txt");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-modules=jdk.incubator.vector",
            "-Xmx256m",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:+LogCompilation",
            "-XX:LogFile=" + log,
            "-cp",
            System.getProperty("java.class.path"),
            KernelsAtWork.class.getName());
    int exit =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start()
            .waitFor();
    assertThat(exit).as(Files.readString(out)).isZero();
    return log;
  }
}
