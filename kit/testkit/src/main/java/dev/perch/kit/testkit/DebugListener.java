package dev.perch.kit.testkit;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.Connector.Argument;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.connect.ListeningConnector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Waits for a victim's JVM to connect to its debugger: to us. */
final class DebugListener implements AutoCloseable {
  private static final String TIMEOUT_MILLIS = "60000";

  private final ListeningConnector connector;
  private final Map<String, Argument> arguments;
  private final String address;

  private DebugListener(ListeningConnector connector, Map<String, Argument> arguments)
      throws IOException, IllegalConnectorArgumentsException {
    this.connector = connector;
    this.arguments = arguments;
    this.address = connector.startListening(arguments);
  }

  /** Listens on a free port of this address. */
  static DebugListener on(String host) throws IOException {
    ListeningConnector connector =
        Bootstrap.virtualMachineManager().listeningConnectors().stream()
            .filter(candidate -> candidate.name().equals("com.sun.jdi.SocketListen"))
            .findFirst()
            .orElseThrow();
    Map<String, Argument> arguments = connector.defaultArguments();
    set(arguments, "localAddress", host);
    set(arguments, "port", "0");
    set(arguments, "timeout", TIMEOUT_MILLIS);
    try {
      return new DebugListener(connector, arguments);
    } catch (IllegalConnectorArgumentsException e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@code host:port}, for the agent's {@code address} option. */
  String address() {
    return address;
  }

  VirtualMachine accept() throws IOException {
    try {
      return connector.accept(arguments);
    } catch (IllegalConnectorArgumentsException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      connector.stopListening(arguments);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalConnectorArgumentsException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void set(Map<String, Argument> arguments, String name, String value) {
    Argument argument = arguments.get(name);
    if (argument == null) {
      throw new IllegalStateException("this JDK's debugger has no argument " + name);
    }
    argument.setValue(value);
  }
}
