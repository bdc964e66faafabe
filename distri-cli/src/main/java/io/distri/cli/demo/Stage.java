package io.distri.cli.demo;

import io.distri.cli.local.LocalCluster;
import io.distri.cli.local.LocalPeer;
import io.distri.client.DistriClient;
import io.distri.protocol.image.AgeIdentity;
import java.nio.file.Path;

/**
 * What the parts of the tour play on.
 *
 * @param cluster its nodes
 * @param client elects among them
 * @param key opens what is sealed on the tour
 * @param keyFile where the key is kept
 * @param pictures directory for the images of the tour
 * @param alice a peer
 * @param bob another one
 */
record Stage(
    LocalCluster cluster,
    DistriClient client,
    AgeIdentity key,
    Path keyFile,
    Path pictures,
    LocalPeer alice,
    LocalPeer bob) {}
