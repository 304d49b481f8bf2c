package io.kith.deploy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/**
 * The arrows between the modules: operators to model and state, streams to model, deploy to
 * operators and streams, nothing to bench or deploy.
 */
class ArchitectureTest {
  private static final String MODEL = "io.kith.model..";
  private static final String STATE = "io.kith.state..";
  private static final String OPERATORS = "io.kith.operators..";
  private static final String STREAMS = "io.kith.streams..";
  private static final String DEPLOY = "io.kith.deploy..";
  private static final String BENCH = "io.kith.bench..";
  private static final String FLINK = "org.apache.flink..";
  private static final String CHRONICLE = "net.openhft..";

  private static final JavaClasses KITH =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.kith");

  @Test
  void everyModuleIsLookedAt() {
    assertThat(
            KITH.stream()
                .map(c -> c.getPackageName().substring("io.kith.".length()).replaceAll("[.].*", ""))
                .distinct())
        .contains("model", "state", "operators", "streams", "deploy");
  }

  @Test
  void theModelNeedsTheJdkOnly() {
    holds(
        classes()
            .that()
            .resideInAPackage(MODEL)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(MODEL, "java..", "jdk.incubator.vector.."));
  }

  @Test
  void theStateNeedsTheJdkAndChronicleOnly() {
    holds(
        classes()
            .that()
            .resideInAPackage(STATE)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                STATE, "java..", "sun.misc..", "sun.nio.ch..", "org.slf4j..", CHRONICLE));
  }

  @Test
  void streamsKnowNeitherFlinkNorState() {
    holds(
        noClasses()
            .that()
            .resideInAPackage(STREAMS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(FLINK, STATE, OPERATORS, CHRONICLE));
  }

  @Test
  void stateAndModelMeetInOperatorsAlone() {
    holds(
        noClasses()
            .that()
            .resideOutsideOfPackages(STATE, OPERATORS, BENCH)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(STATE, CHRONICLE));
  }

  @Test
  void operatorsDoNotKnowStreams() {
    holds(
        noClasses()
            .that()
            .resideInAPackage(OPERATORS)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(STREAMS));
  }

  @Test
  void nothingNeedsBenchOrDeploy() {
    holds(
        noClasses()
            .that()
            .resideOutsideOfPackages(BENCH, DEPLOY)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(BENCH, DEPLOY));
    holds(
        noClasses()
            .that()
            .resideInAPackage(DEPLOY)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(BENCH));
  }

  @Test
  void nobodyUsesKafkaStreamsButTheStreamsModule() {
    holds(
        noClasses()
            .that()
            .resideOutsideOfPackage(STREAMS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka.streams..", "org.rocksdb.."));
  }

  private static void holds(ArchRule rule) {
    rule.check(KITH);
  }
}
