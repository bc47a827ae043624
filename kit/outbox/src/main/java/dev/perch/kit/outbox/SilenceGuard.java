package dev.perch.kit.outbox;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection to PostgreSQL on which an answer is awaited and nothing is read for a time.
 * TCP sees neither a database that is frozen, because its kernel goes on to acknowledge, nor for a
 * quarter of an hour one whose host vanished; the client's read-idle timeout only says farewell and
 * waits for the server to hang up.
 */
final class SilenceGuard extends ChannelDuplexHandler {
  /** ReadyForQuery: its type, its length, and a byte for the state of the transaction. */
  private static final int READY = 6;

  private static final long READY_HEAD = 0x5A_00_00_00_05L;

  private final Duration patience;
  private boolean awaiting;
  private long lastHeard;
  private @Nullable Future<?> watch;

  SilenceGuard(Duration patience) {
    this.patience = patience;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    long interval = patience.toMillis() / 5;
    watch =
        context
            .executor()
            .scheduleAtFixedRate(() -> look(context), interval, interval, TimeUnit.MILLISECONDS);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    stopWatching();
    context.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    stopWatching();
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise written) {
    if (!awaiting) {
      awaiting = true;
      lastHeard = System.nanoTime();
    }
    var _ = context.write(message, written);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    lastHeard = System.nanoTime();
    awaiting = !(message instanceof ByteBuf bytes && endsWithReady(bytes));
    context.fireChannelRead(message);
  }

  private static boolean endsWithReady(ByteBuf bytes) {
    int start = bytes.writerIndex() - READY;
    return start >= bytes.readerIndex()
        && (bytes.getUnsignedInt(start) << 8 | bytes.getUnsignedByte(start + 4)) == READY_HEAD;
  }

  private void look(ChannelHandlerContext context) {
    if (awaiting && System.nanoTime() - lastHeard > patience.toNanos()) {
      stopWatching();
      var _ = context.close();
    }
  }

  private void stopWatching() {
    if (watch != null) {
      watch.cancel(false);
      watch = null;
    }
  }
}
