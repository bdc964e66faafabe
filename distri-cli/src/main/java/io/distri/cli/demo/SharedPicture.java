package io.distri.cli.demo;

import io.distri.cli.local.LocalPeer;
import io.distri.cli.local.SampleImage;
import io.distri.cli.terminal.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;

/** A part of the tour: one peer lets another see a photo once. */
final class SharedPicture {

  private static final String PHOTO = "photo.jpg";

  private final Stage stage;
  private final Narrator narrator;

  SharedPicture(Stage stage, Narrator narrator) {
    this.stage = stage;
    this.narrator = narrator;
  }

  void play() {
    LocalPeer alice = stage.alice();
    LocalPeer bob = stage.bob();
    narrator.part("4. alice lets bob see a photo, once.");
    publish(alice);
    narrator.found(
        within(() -> !bob.endpoint().state().path("catalog").isEmpty()),
        "bob sees in the cloud's directory that alice has a photo.");
    bob.endpoint().tell("request", Map.of("peer", "alice", "resource", PHOTO, "views", "3"));
    narrator.found(
        within(() -> !alice.endpoint().state().path("inbox").isEmpty()),
        "bob asked for three views, and alice has the request.");
    alice.endpoint().tell("grant", Map.of("peer", "bob", "resource", PHOTO, "views", "1"));
    narrator.found(
        within(() -> available(bob).path("here").asBoolean()),
        "alice gave him one: the photo went from peer to peer, sealed for bob.");
    view(bob);
  }

  private void publish(LocalPeer alice) {
    Path photo = stage.pictures().resolve(PHOTO);
    try {
      Files.createDirectories(stage.pictures());
      Files.write(photo, SampleImage.bytes());
    } catch (IOException e) {
      throw Failure.of("There is no place for a photo", e);
    }
    alice.endpoint().add(photo, PHOTO, true);
  }

  private void view(LocalPeer bob) {
    ByteArrayOutputStream seen = new ByteArrayOutputStream();
    String left = bob.endpoint().view("alice", PHOTO, seen);
    narrator.found(
        Arrays.equals(seen.toByteArray(), SampleImage.bytes()) && left.equals("0"),
        "bob saw it, byte for byte; no view is left.");
    try {
      bob.endpoint().view("alice", PHOTO, new ByteArrayOutputStream());
      narrator.found(false, "A second look is refused.");
    } catch (Failure refused) {
      narrator.found(true, "A second look is refused: " + refused.getMessage());
    }
  }

  private static JsonNode available(LocalPeer peer) {
    return peer.endpoint().state().path("available").path(0);
  }

  private boolean within(BooleanSupplier condition) {
    return narrator.waited("the peers", () -> condition.getAsBoolean() ? 1 : 0, 1);
  }
}
