package io.distri.cli;

import com.sun.tools.attach.VirtualMachine;
import com.sun.tools.attach.VirtualMachineDescriptor;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.PlatformManagedObject;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** The heap of another process of this machine, as its own JVM has measured it. */
final class HeapPeak {
  private HeapPeak() {}

  /** Bytes that were in use at most, garbage included: the peaks of all its pools together. */
  static long of(String identifier) throws Exception {
    VirtualMachine machine = VirtualMachine.attach(child(identifier));
    try (JMXConnector connector =
        JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()))) {
      List<MemoryPoolMXBean> pools = beans(connector, MemoryPoolMXBean.class);
      return pools.stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .mapToLong(pool -> pool.getPeakUsage().getUsed())
          .sum();
    } finally {
      machine.detach();
    }
  }

  private static VirtualMachineDescriptor child(String identifier) {
    Set<String> children =
        ProcessHandle.current()
            .children()
            .map(child -> Long.toString(child.pid()))
            .collect(Collectors.toSet());
    return VirtualMachine.list().stream()
        .filter(machine -> children.contains(machine.id()))
        .filter(machine -> machine.displayName().contains("--identifier " + identifier + " "))
        .findFirst()
        .orElseThrow();
  }

  private static <T extends PlatformManagedObject> List<T> beans(
      JMXConnector connector, Class<T> type) throws Exception {
    return ManagementFactory.getPlatformMXBeans(connector.getMBeanServerConnection(), type);
  }
}
