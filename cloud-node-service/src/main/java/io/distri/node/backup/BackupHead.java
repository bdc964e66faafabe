package io.distri.node.backup;

/**
 * What a backup says of itself before all else.
 *
 * @param clusterId the cluster it is of; empty where the node had none
 * @param nodeId the node it is of
 * @param writtenMs when it was begun, milliseconds since 1970 by the node's clock
 * @param documents about how many documents follow, for those who watch
 * @param complete whether it holds every write that the node knew others to hold
 */
public record BackupHead(
    String clusterId, String nodeId, long writtenMs, long documents, boolean complete) {}
