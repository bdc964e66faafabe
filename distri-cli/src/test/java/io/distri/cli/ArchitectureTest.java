package io.distri.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Rules over all modules; this one has them all on its class path. */
class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.distri");

  @Test
  void the_rules_see_every_module() {
    assertThat(CLASSES.stream().map(type -> type.getPackageName()))
        .contains(
            "io.distri.protocol",
            "io.distri.client",
            "io.distri.node.service",
            "io.distri.peer.sharing",
            "io.distri.cli");
  }

  @Test
  void packages_do_not_form_cycles() {
    slices().matching("io.distri.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void the_client_core_does_not_know_spring() {
    noClasses()
        .that()
        .resideInAPackage("io.distri.client")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.springframework..")
        .check(CLASSES);
  }

  @Test
  void the_protocol_does_not_know_spring() {
    noClasses()
        .that()
        .resideInAPackage("io.distri.protocol..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.springframework..")
        .check(CLASSES);
  }

  @Test
  void a_peer_reaches_the_cloud_through_the_client_only() {
    noClasses()
        .that()
        .resideInAPackage("io.distri.peer..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.distri.node..", "io.distri.cli..")
        .check(CLASSES);
  }

  @Test
  void what_a_peer_decides_knows_neither_page_nor_port() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.distri.peer.sharing..", "io.distri.peer.viewing..", "io.distri.peer.book..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.springframework.web..", "jakarta.servlet..")
        .check(CLASSES);
  }
}
