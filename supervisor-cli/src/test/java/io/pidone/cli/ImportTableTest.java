package io.pidone.cli;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/** Imports go one way: each package may import what its row says, and a package without a row fails the build. */
class ImportTableTest {

    private static final String ROOT = "io.pidone.";

    /** Package: the pidone packages that it may import. A new row, or a longer one, is a reviewed change. */
    private static final Map<String, Set<String>> MAY_IMPORT = table("""
            process           :
            process.linux     : process
            process.posix     : process
            event             : process
            procfs            : process
            reaper            : process event
            init              : process event reaper
            supervisor        : process event reaper
            watchdog          : process event
            watchdog.zombies  : watchdog procfs process event
            watchdog.pids     : watchdog procfs process event
            watchdog.cgroups  : watchdog procfs process event
            watchdog.mounts   : watchdog procfs process event
            watchdog.imagepulls : watchdog procfs process event
            watchdog.memory   : watchdog procfs process event
            watchdog.kubelet  : watchdog procfs process event
            cron.expression   :
            cron.schedule     : cron.expression process event reaper
            cron.crontab      : cron.expression cron.schedule process
            cron              : cron.expression cron.crontab cron.schedule process event reaper procfs
            """);

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.pidone");

    private static Map<String, Set<String>> table(String rows) {
        Map<String, Set<String>> table = new HashMap<>();
        for (String row : rows.lines().toList()) {
            String[] cells = row.split(":", 2);
            table.put(cells[0].strip(), Arrays.stream(cells[1].strip().split(" ")).collect(Collectors.toSet()));
        }
        return table;
    }

    @Test
    void shouldImportOnlyWhatTheTableAllows() {
        Set<String> offences = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            String from = row(type);
            if (from.equals("cli") || from.startsWith("cli.")) {
                continue;
            }
            Set<String> allowed = MAY_IMPORT.get(from);
            if (allowed == null) {
                offences.add("no row for package " + from);
                continue;
            }
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass();
                String to = row(target);
                if (target.getPackageName().startsWith(ROOT) && !to.equals(from) && !allowed.contains(to)) {
                    offences.add(from + " imports " + to + ": " + dependency.getDescription());
                }
            }
        }
        assertThat(offences).isEmpty();
    }

    private static String row(JavaClass type) {
        String name = type.getPackageName();
        return name.startsWith(ROOT) ? name.substring(ROOT.length()) : name;
    }

    @Test
    void shouldSeeTheClassesItJudges() {
        List<String> rows = CLASSES.stream().map(ImportTableTest::row).distinct().toList();
        assertThat(rows).contains("process", "process.linux", "reaper", "init", "cli.init");
    }

    @Test
    void shouldHaveNoCycles() {
        slices().matching("io.pidone.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void shouldTouchNativeCodeInTwoPackagesOnly() {
        noClasses().that(resideOutsideOfPackages("io.pidone.process.linux", "io.pidone.process.posix"))
                .should().dependOnClassesThat(resideInAnyPackage("com.kenai.jffi..", "jnr..", "sun.misc.."))
                .check(CLASSES);
    }

    @Test
    void shouldNeverSpawnThroughTheJdk() {
        noClasses().should().dependOnClassesThat().areAssignableTo(ProcessBuilder.class)
                .orShould().callMethod(Runtime.class, "exec", String.class)
                .orShould().callMethod(Runtime.class, "exec", String[].class)
                .check(CLASSES);
    }

    @Test
    void shouldReadTheWallClockOnlyThroughInstantSource() {
        noClasses().should().callMethod(System.class, "currentTimeMillis")
                .orShould().callMethod(java.time.Instant.class, "now")
                .orShould().callMethod(java.time.ZonedDateTime.class, "now")
                .orShould().callMethod(java.time.LocalDateTime.class, "now")
                .orShould().callMethod(Thread.class, "sleep", long.class)
                .check(CLASSES);
    }

    @Test
    void shouldExitOnlyInTheCommandLine() {
        noClasses().that(resideOutsideOfPackages("io.pidone.cli.."))
                .should().callMethod(System.class, "exit", int.class)
                .orShould().callMethod(Runtime.class, "halt", int.class)
                .check(CLASSES);
    }
}
