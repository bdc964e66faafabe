package io.distri.node.encrypt;

import io.distri.node.service.CloudService;
import io.distri.node.settings.NodeProperties;
import io.distri.node.start.NodeStartException;
import io.distri.protocol.image.AgeRecipient;
import io.distri.protocol.image.Covers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.function.SingletonSupplier;

/** Wires the Encrypt service. */
@Configuration(proxyBeanMethods = false)
public class EncryptConfiguration {

  @Bean
  CloudService encryptService(NodeProperties properties) {
    NodeProperties.Encrypt encrypt = properties.encrypt();
    return new EncryptService(recipients(encrypt.recipients()), covers(encrypt));
  }

  private static List<AgeRecipient> recipients(List<String> texts) {
    try {
      return texts.stream().map(AgeRecipient::parse).toList();
    } catch (IllegalArgumentException e) {
      throw new NodeStartException(
          "distri.node.encrypt.recipients: " + e.getMessage(),
          "Name age recipients; './distri keygen' makes one.",
          e);
    }
  }

  /**
   * An operator's cover is read now, so that a broken one is known; the shipped one isn't broken.
   */
  private static Supplier<Covers> covers(NodeProperties.Encrypt encrypt) {
    Path cover = encrypt.cover();
    if (cover == null) {
      return SingletonSupplier.of(Covers::shipped);
    }
    try {
      Covers covers = Covers.of(cover);
      return () -> covers;
    } catch (IOException | IllegalArgumentException e) {
      throw new NodeStartException(
          "distri.node.encrypt.cover: " + cover + " is no picture that can be read.",
          "Name a PNG or JPEG file, or leave it out for the shipped cover.",
          e);
    }
  }
}
