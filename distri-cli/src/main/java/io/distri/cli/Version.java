package io.distri.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** Tells the version of this build, and the Java that it runs on. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version =
        Objects.requireNonNullElse(
            Version.class.getPackage().getImplementationVersion(), "(not from a jar)");
    return new String[] {"Distri " + version + ", Java " + Runtime.version()};
  }
}
