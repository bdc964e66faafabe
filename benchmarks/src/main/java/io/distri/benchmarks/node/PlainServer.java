package io.distri.benchmarks.node;

import io.distri.node.CloudNodeAutoConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.core.env.Environment;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * A plain Spring MVC application, on the path of Encrypt: its controller reads the image and
 * returns a picture that was ready before. It has the server settings of a node.
 */
@SpringBootConfiguration
@EnableAutoConfiguration(exclude = CloudNodeAutoConfiguration.class)
public class PlainServer {

  public static void main(String[] arguments) {
    SpringApplication.run(PlainServer.class, arguments);
  }

  /** Has the one handler. */
  @RestController
  static final class Answers {
    private final byte[] picture;

    Answers(Environment environment) throws IOException {
      picture = Files.readAllBytes(Path.of(environment.getRequiredProperty(MeasuredNode.PICTURE)));
    }

    @PostMapping(path = "/services/Encrypt", produces = MediaType.IMAGE_PNG_VALUE)
    byte[] answer(@RequestBody byte[] image) {
      if (image.length == 0) {
        throw new IllegalArgumentException("no image");
      }
      return picture;
    }
  }
}
