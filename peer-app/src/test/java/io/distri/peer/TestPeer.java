package io.distri.peer;

import io.distri.peer.operations.Peer;
import io.distri.peer.vault.PeerId;
import io.distri.peer.vault.ResourceName;
import io.distri.peer.viewing.View;
import io.distri.protocol.HostPort;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A real peer on real sockets in this process. */
public final class TestPeer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final String name;
  private final Path directory;
  private final String nodes;
  private final String[] properties;
  private final HostPort address = TestCloud.freeAddress();
  private final HostPort web = TestCloud.freeAddress();
  private final PeerId id;
  private ConfigurableApplicationContext context;

  /**
   * @param properties as {@code --name=value}
   */
  TestPeer(String name, Path directory, String nodes, String... properties) {
    this.name = name;
    this.properties = properties;
    this.directory = directory.resolve(name);
    this.nodes = nodes;
    start();
    this.id = peer().id();
  }

  /** Starts the peer, again after {@link #stop}, with what it had on its disk. */
  void start() {
    context =
        new SpringApplicationBuilder(PeerApplication.class)
            .properties(
                "distri.peer.identifier=" + name,
                "distri.peer.dir=" + directory,
                "distri.peer.address=" + address,
                "distri.peer.web.address=" + web,
                "distri.peer.sync-interval=300ms",
                "distri.client.nodes=" + nodes)
            .run(properties);
  }

  Peer peer() {
    return bean(Peer.class);
  }

  PeerId id() {
    return id;
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  Path directory() {
    return directory;
  }

  HostPort address() {
    return address;
  }

  /** Where the page is. */
  public String url() {
    return "http://" + web;
  }

  void add(String image, byte[] content) throws IOException {
    peer().addImage(ResourceName.of(image), new ByteArrayInputStream(content), true);
  }

  /** Whether this peer sees that another one publishes an image. */
  boolean sees(TestPeer provider, String image) {
    return peer().published(provider.id(), ResourceName.of(image)).isPresent();
  }

  /** Asks for an image once it is published. */
  void request(TestPeer provider, String image, int views) {
    ResourceName resource = ResourceName.of(image);
    until(() -> sees(provider, image));
    peer().requestResource(provider.id(), resource, views);
  }

  /** Answers a request once it is there. */
  void grant(TestPeer user, String image, int views) {
    ResourceName resource = ResourceName.of(image);
    until(() -> waits(user, image));
    peer().grantResource(user.id(), resource, views);
  }

  /** Whether a request waits for this peer's answer. */
  boolean waits(TestPeer user, String image) {
    return peer().inbox().stream()
        .anyMatch(
            request -> request.user().equals(user.id()) && request.resource().text().equals(image));
  }

  /** Waits for an image, or for the news that there is none. */
  void awaitLeft(TestPeer provider, String image, long left) {
    until(() ->
        given(provider, image)
            .filter(share -> share.left() == left && share.here() == left > 0)
            .isPresent());
  }

  /** Waits until the owner knows of a use. */
  void awaitSpent(TestPeer user, String image, long spent) {
    until(() -> gave(user, image).filter(share -> share.spent() == spent).isPresent());
  }

  /** What this peer was given of an image. */
  Optional<Peer.Shared> given(TestPeer provider, String image) {
    return peer().availableResources().stream()
        .filter(share ->
            share.grant().provider().equals(provider.id())
                && share.grant().resource().text().equals(image))
        .findFirst();
  }

  /** What this peer has given of an image. */
  Optional<Peer.Shared> gave(TestPeer user, String image) {
    return peer().sharedImages().stream()
        .filter(share ->
            share.grant().user().equals(user.id()) && share.grant().resource().text().equals(image))
        .findFirst();
  }

  byte[] view(TestPeer provider, String image) throws IOException {
    try (View view = peer().accessResource(provider.id(), ResourceName.of(image))) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      view.show(bytes);
      return bytes.toByteArray();
    }
  }

  List<String> findings() {
    return peer().findings();
  }

  static void until(Callable<Boolean> condition) {
    Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(condition);
  }

  /** Stops the peer, until {@link #start}. */
  void stop() {
    context.close();
  }

  @Override
  public void close() {
    stop();
  }
}
