package credit.jobs;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.core.domain.properties.HasParameterTypes.Predicates.rawParameterTypes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;

/** The arrows of the design: who may know whom. */
@AnalyzeClasses(packages = "credit", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final List<String> STAGES =
      List.of(
          "ingest", "link", "firm", "feature", "risk", "tier", "plan", "list", "publish", "kpi");

  /** Neutral packages that stages share: they know the warehouse at most. */
  private static final List<String> SHARED = List.of("warehouse", "page", "indicators");

  private static final String[] SPARK = {
    "org.apache.spark..", "io.delta..", "org.apache.hadoop..", "scala.."
  };

  private static String in(String jobsPackage) {
    return "credit.jobs." + jobsPackage + "..";
  }

  private static String[] allIn(Stream<String> jobsPackages) {
    return jobsPackages.map(ArchitectureTest::in).toArray(String[]::new);
  }

  @ArchTest
  static final ArchRule sharedPackagesKnowNoStage =
      noClasses()
          .that()
          .resideInAnyPackage(allIn(SHARED.stream()))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(allIn(Stream.concat(STAGES.stream(), Stream.of("cli"))));

  @ArchTest
  static final ArchRule theWarehouseKnowsNoOtherPackageOfThePipeline =
      noClasses()
          .that()
          .resideInAPackage(in("warehouse"))
          .should()
          .dependOnClassesThat(
              JavaClass.Predicates.resideInAPackage("credit.jobs..")
                  .and(JavaClass.Predicates.resideOutsideOfPackage(in("warehouse"))));

  @ArchTest
  static void aStageKnowsNoOtherStage(com.tngtech.archunit.core.domain.JavaClasses all) {
    for (String stage : STAGES) {
      String[] others =
          allIn(Stream.concat(STAGES.stream().filter(s -> !s.equals(stage)), Stream.of("cli")));
      noClasses()
          .that()
          .resideInAPackage(in(stage))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(others)
          .because("stages meet in tables")
          .check(all);
    }
  }

  @ArchTest
  static final ArchRule everyClassOfThePipelineLiesInAKnownPackage =
      classes()
          .that()
          .resideInAPackage("credit.jobs..")
          .should()
          .resideInAnyPackage(
              allIn(
                  Stream.of(STAGES.stream(), SHARED.stream(), Stream.of("cli"))
                      .flatMap(packages -> packages)));

  @ArchTest
  static final ArchRule theCommandLineIsSeenByNone =
      noClasses()
          .that()
          .resideOutsideOfPackages(in("cli"), "gg.jte..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(in("cli"));

  @ArchTest
  static final ArchRule onlyTheCommandLineMakesSampleCities =
      noClasses()
          .that()
          .resideInAPackage("credit.jobs..")
          .and()
          .resideOutsideOfPackage(in("cli"))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("credit.sample..");

  @ArchTest
  static final ArchRule onlyThePipelineKnowsSpark =
      noClasses()
          .that()
          .resideInAnyPackage(
              "credit.approval..", "credit.schemas..", "credit.models..", "credit.sample..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(SPARK);

  @ArchTest
  static final ArchRule theApprovalClientStandsOnTheJdkAlone =
      classes()
          .that()
          .resideInAPackage("credit.approval..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "credit.approval..", "java..", "javax.net.ssl..", "com.sun.net.httpserver..");

  @ArchTest
  static final ArchRule schemasKnowNoOtherModuleButTheClient =
      noClasses()
          .that()
          .resideInAPackage("credit.schemas..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("credit.models..", "credit.sample..", "credit.jobs..");

  @ArchTest
  static final ArchRule modelsKnowSchemasAtMost =
      noClasses()
          .that()
          .resideInAPackage("credit.models..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("credit.approval..", "credit.sample..", "credit.jobs..");

  @ArchTest
  static final ArchRule sampleDataKnowsSchemasAndTheClientAtMost =
      noClasses()
          .that()
          .resideInAPackage("credit.sample..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("credit.models..", "credit.jobs..");

  /** Reads the wall clock, unless a Clock is handed in. */
  private static final DescribedPredicate<JavaCall<?>> WALL_CLOCK =
      target(owner(nameMatching("java\\.time\\..*")))
          .and(target(nameMatching("now|today|system|systemUTC|systemDefaultZone")))
          .and(DescribedPredicate.not(target(rawParameterTypes("java.time.Clock"))))
          .or(
              target(owner(nameMatching("java\\.lang\\.System")))
                  .and(target(nameMatching("currentTimeMillis|nanoTime"))))
          .as("read the wall clock");

  @ArchTest
  static final ArchRule onlyTheEdgesReadTheWallClock =
      noClasses()
          .that()
          .resideInAPackage("credit.jobs..")
          .and()
          .resideOutsideOfPackages(in("warehouse"), in("cli"))
          .should()
          .callCodeUnitWhere(WALL_CLOCK)
          .because("a result is for an as-of day, and times come from the run's clock");

  @ArchTest
  static final ArchRule noSqlFunctionReadsTheWallClock =
      noClasses()
          .that()
          .resideInAPackage("credit.jobs..")
          .should()
          .callCodeUnitWhere(
              target(owner(nameMatching("org\\.apache\\.spark\\.sql\\.functions")))
                  .and(
                      target(
                          nameMatching(
                              "current_date|current_timestamp|curdate|now|localtimestamp|unix_timestamp"
                                  + "|rand|randn|uuid|monotonically_increasing_id")))
                  .as("read the clock or draw by chance"));
}
