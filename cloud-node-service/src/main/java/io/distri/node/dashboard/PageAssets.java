package io.distri.node.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;

/**
 * What pages of Distri look and draw with: the charts, their library, the style. From the program
 * itself, by file name.
 */
public final class PageAssets {
  static final String HERE = "/io/distri/node/dashboard/";
  private static final String UPLOT_POM = "/META-INF/maven/org.webjars.npm/uplot/pom.properties";

  /** A file. */
  public record Content(String mediaType, byte[] bytes) {
    /**
     * Reads a file of the program.
     *
     * @param owner in whose module it is
     * @param path absolute
     */
    public static Content of(Class<?> owner, String path) {
      return new Content(mediaType(path), read(owner, path));
    }

    private static String mediaType(String path) {
      return switch (path.substring(path.lastIndexOf('.') + 1)) {
        case "html" -> "text/html;charset=UTF-8";
        case "css" -> "text/css;charset=UTF-8";
        case "js" -> "text/javascript;charset=UTF-8";
        default -> throw new IllegalArgumentException("no media type is known for " + path);
      };
    }
  }

  private PageAssets() {}

  /** What all pages share. */
  public static Map<String, Content> shared() {
    String uplot = "/META-INF/resources/webjars/uplot/" + uplotVersion() + "/dist/";
    return Map.of(
        "page.css", Content.of(PageAssets.class, HERE + "page.css"),
        "charts.js", Content.of(PageAssets.class, HERE + "charts.js"),
        "uplot.js", Content.of(PageAssets.class, uplot + "uPlot.iife.min.js"),
        "uplot.css", Content.of(PageAssets.class, uplot + "uPlot.min.css"));
  }

  private static String uplotVersion() {
    Properties pom = new Properties();
    try (InputStream in = open(PageAssets.class, UPLOT_POM)) {
      pom.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return pom.getProperty("version");
  }

  private static byte[] read(Class<?> owner, String path) {
    try (InputStream in = open(owner, path)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(Class<?> owner, String path) {
    InputStream in = owner.getResourceAsStream(path);
    if (in == null) {
      throw new IllegalStateException(path + " is missing from the program");
    }
    return in;
  }
}
