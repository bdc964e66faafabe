package io.distri.peer.directory;

import io.distri.peer.entry.Entry;
import io.distri.peer.entry.Signed;
import java.util.List;

/**
 * A document of the directory.
 *
 * @param jws what it holds at first sight, whoever wrote it
 * @param entries what is authentic of it and of its siblings
 */
public record Found(String uuid, String jws, List<Signed<Entry>> entries) {}
