package io.kith.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code kith-job.jar}, the one file that a Flink cluster takes. */
class JobJarIT {
  private static final Path JAR = Path.of("target", "kith-job.jar");

  @Test
  void startsByItself() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class"))
          .isEqualTo(JobMain.class.getName());
    }
    assertThat(names())
        .contains(
            "io/kith/deploy/JobMain.class",
            "io/kith/deploy/collegemsg.safetensors",
            "io/kith/operators/KithJob.class",
            "net/openhft/chronicle/map/ChronicleMap.class",
            "org/apache/flink/connector/kafka/source/KafkaSource.class",
            "org/apache/kafka/clients/consumer/KafkaConsumer.class");
  }

  @Test
  void holdsNothingOfFlinkButTheConnector() throws IOException {
    assertThat(names())
        .filteredOn(name -> name.startsWith("org/apache/flink/") && name.endsWith(".class"))
        .allMatch(
            name ->
                name.startsWith("org/apache/flink/connector/kafka/")
                    || name.startsWith("org/apache/flink/streaming/connectors/kafka/")
                    || name.endsWith("/JSONKeyValueDeserializationSchema.class"));
  }

  @Test
  void holdsNoLoggerAndNothingThatIsNotTheJobs() throws IOException {
    assertThat(names())
        .noneMatch(name -> name.startsWith("org/slf4j/") || name.startsWith("org/apache/logging/"))
        .noneMatch(name -> name.startsWith("org/rocksdb/") || name.startsWith("scala/"))
        .noneMatch(name -> name.startsWith("kafka/server/") || name.startsWith("io/kith/streams/"))
        .noneMatch(name -> name.startsWith("io/kith/deploy/demo/"))
        .noneMatch(name -> name.endsWith(".SF") || name.endsWith("module-info.class"));
  }

  @Test
  void bringsItsJacksonUnderAnotherName() throws IOException {
    assertThat(names())
        .contains("io/kith/shaded/jackson/databind/ObjectMapper.class")
        .noneMatch(name -> name.startsWith("com/fasterxml/jackson/"))
        .noneMatch(name -> name.startsWith("META-INF/services/com.fasterxml"))
        .noneMatch(name -> name.startsWith("org/yaml/snakeyaml/") || name.startsWith("picocli/"));
  }

  /** With Flink's own loader the parent goes first for Flink, the child for all else. */
  @Test
  void itsOwnClassesAreWholeWithoutTheCommandLines() throws Exception {
    try (URLClassLoader loader =
        new URLClassLoader(
            new URL[] {JAR.toUri().toURL()}, new WithoutKith(getClass().getClassLoader()))) {
      Class<?> main = Class.forName(JobMain.class.getName(), true, loader);

      assertThat(main.getClassLoader()).isSameAs(loader);
      assertThat(main.getMethod("main", String[].class)).isNotNull();
      assertThat(Class.forName("io.kith.operators.KithJob", true, loader).getClassLoader())
          .isSameAs(loader);
    }
  }

  private static Set<String> names() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      return jar.stream().map(entry -> entry.getName()).collect(Collectors.toSet());
    }
  }

  /** Knows Flink and the JDK, as a cluster does. */
  private static final class WithoutKith extends ClassLoader {
    private final ClassLoader cluster;

    WithoutKith(ClassLoader cluster) {
      super(ClassLoader.getPlatformClassLoader());
      this.cluster = cluster;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      boolean flinks = name.startsWith("org.apache.flink.") && !name.contains("kafka");
      if (flinks || name.startsWith("org.slf4j.")) {
        return cluster.loadClass(name);
      }
      throw new ClassNotFoundException(name);
    }
  }
}
