package io.distri.cli.demo;

import io.distri.cli.local.SampleImage;
import io.distri.cli.terminal.Failure;
import io.distri.client.DistriRequest;
import io.distri.client.DistriResponse;
import io.distri.protocol.ServiceNames;
import io.distri.protocol.image.AgeIdentity;
import io.distri.protocol.image.NotOpenedException;
import io.distri.protocol.image.SealedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A part of the tour: a photo is sealed by a node and opened again. */
final class SealedPhoto {

  private final Stage stage;
  private final Narrator narrator;

  SealedPhoto(Stage stage, Narrator narrator) {
    this.stage = stage;
    this.narrator = narrator;
  }

  void play() {
    narrator.part("1. A photo is sealed by a node that the client elects, and opened again.");
    byte[] photo = SampleImage.bytes();
    long start = System.nanoTime();
    DistriResponse sealed =
        stage
            .client()
            .send(
                DistriRequest.to(ServiceNames.ENCRYPT)
                    .body(photo)
                    .params(stage.key().recipient().toString())
                    .build());
    long ms = (System.nanoTime() - start) / 1_000_000;
    Path original = stage.pictures().resolve(SampleImage.NAME);
    Path picture = stage.pictures().resolve("sealed.png");
    Path opened = stage.pictures().resolve("opened.jpg");
    try {
      Files.createDirectories(stage.pictures());
      Files.write(original, photo);
      Files.write(picture, sealed.body());
      compare(photo, sealed, opened, ms);
      narrator.say("The three pictures are in " + stage.pictures());
      narrator.say("The key to the sealed one is " + stage.keyFile());
      narrator.found(
          !opensWith(AgeIdentity.generate(), sealed.body()), "Another key does not open it.");
    } catch (IOException e) {
      throw Failure.of("The pictures can't be written", e);
    }
  }

  private void compare(byte[] photo, DistriResponse sealed, Path opened, long ms)
      throws IOException {
    String what =
        String.format(
            Locale.ROOT,
            "Node %s sealed the photo in %d ms: %,d bytes in, a picture of %,d bytes out",
            sealed.nodeAddress(),
            ms,
            photo.length,
            sealed.body().length);
    try {
      SealedImage.open(
          new ByteArrayInputStream(sealed.body()),
          List.of(stage.key()),
          opened,
          sealed.body().length);
      boolean same = java.util.Arrays.equals(photo, Files.readAllBytes(opened));
      narrator.found(
          same,
          what + (same ? "; opened, it is the photo, byte for byte." : "; opened, it differs!"));
    } catch (NotOpenedException e) {
      narrator.found(false, what + "; it can't be opened: " + e.getMessage() + ".");
    }
  }

  private static boolean opensWith(AgeIdentity key, byte[] picture) throws IOException {
    try {
      SealedImage.open(
          new ByteArrayInputStream(picture),
          List.of(key),
          OutputStream.nullOutputStream(),
          picture.length);
      return true;
    } catch (NotOpenedException refused) {
      return false;
    }
  }
}
