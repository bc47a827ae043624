package dev.perch.kit.testkit;

import com.sun.jdi.Method;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.ClassPrepareRequest;
import com.sun.jdi.request.EventRequestManager;
import dev.perch.kit.embedded.Signal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Halts a process at its {@link HaltPoint}: the debugger suspends all its threads there, then the
 * signal is sent. Nothing runs in between.
 */
final class Breakpoint implements AutoCloseable {
  private final VirtualMachine machine;
  private final HaltPoint point;
  private final Process process;
  private final CompletableFuture<Void> halted = new CompletableFuture<>();
  private final AtomicInteger entries = new AtomicInteger();

  /** The machine is suspended before its first instruction; it runs once the breakpoint is set. */
  Breakpoint(VirtualMachine machine, HaltPoint point, Process process) {
    this.machine = machine;
    this.point = point;
    this.process = process;
    ClassPrepareRequest request = requests().createClassPrepareRequest();
    request.addClassFilter(point.type());
    request.enable();
    Thread.ofPlatform().daemon().name("breakpoint").start(this::watch);
    machine.resume();
  }

  /**
   * @throws AssertionError if the process ends before, or does not get there in time
   */
  void await(Duration patience) {
    try {
      halted.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("the victim did not come to " + point + ", only to " + entries, e);
    } catch (ExecutionException e) {
      throw new AssertionError(String.valueOf(e.getCause()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  @Override
  public void close() {
    halted.cancel(false);
  }

  private void watch() {
    try {
      while (!halted.isDone()) {
        EventSet events = machine.eventQueue().remove();
        if (events.stream().anyMatch(this::isTheMoment)) {
          halt(events);
        } else {
          events.resume();
        }
      }
    } catch (VMDisconnectedException e) {
      halted.completeExceptionally(
          new AssertionError("the victim ended after " + entries + " entries, before " + point));
    } catch (InterruptedException | RuntimeException | AssertionError e) {
      halted.completeExceptionally(e);
      process.destroyForcibly();
    }
  }

  private boolean isTheMoment(Event event) {
    if (event instanceof ClassPrepareEvent prepared) {
      breakOn(prepared.referenceType());
    }
    return event instanceof BreakpointEvent && entries.incrementAndGet() == point.entry();
  }

  private void breakOn(ReferenceType type) {
    List<Method> methods =
        type.methodsByName(point.method()).stream()
            .filter(method -> method.declaringType().equals(type) && method.location() != null)
            .toList();
    if (methods.isEmpty()) {
      throw new AssertionError("no method with code of its own: " + point);
    }
    methods.forEach(method -> requests().createBreakpointRequest(method.location()).enable());
  }

  private void halt(EventSet events) {
    switch (point.effect()) {
      case KILL -> {
        process.destroyForcibly();
        process.onExit().join();
      }
      case FREEZE -> {
        requests().deleteAllBreakpoints();
        Signal.STOP.send(process.pid());
        letGoOnceThawed(events);
      }
    }
    halted.complete(null);
  }

  /**
   * The frozen machine finds the command to go on when it is thawed, even if its packets are
   * dropped by then: the command must have left before this returns. JDI waits for the answer once
   * it has written it.
   */
  private void letGoOnceThawed(EventSet events) {
    Thread resume =
        Thread.ofPlatform()
            .daemon()
            .name("resume")
            .start(
                () -> {
                  try {
                    events.resume();
                    machine.dispose();
                  } catch (VMDisconnectedException e) {
                    // Killed while it was frozen: nothing is left to let go.
                  }
                });
    while (resume.getState() != Thread.State.WAITING && resume.isAlive()) {
      Thread.onSpinWait();
    }
  }

  private EventRequestManager requests() {
    return machine.eventRequestManager();
  }
}
