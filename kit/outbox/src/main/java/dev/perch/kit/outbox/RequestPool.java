package dev.perch.kit.outbox;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.impl.SqlConnectionInternal;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/** The connections that requests use, each under a {@link SilenceGuard}. */
@Singleton
final class RequestPool implements PgPoolCreator {
  /** How long a request waits for a database that says nothing. */
  static final Duration SILENCE = Duration.ofSeconds(15);

  @Override
  public Pool create(Input input) {
    return PgBuilder.pool()
        .with(input.poolOptions())
        .connectingTo(List.<SqlConnectOptions>copyOf(input.pgConnectOptionsList()))
        .using(input.vertx())
        .withConnectHandler(RequestPool::guard)
        .build();
  }

  private static void guard(SqlConnection made) {
    if (((SqlConnectionInternal) made).unwrap().unwrap() instanceof SocketConnectionBase server) {
      ChannelPipeline pipeline = server.socket().channelHandlerContext().pipeline();
      SilenceGuard guard = new SilenceGuard(SILENCE);
      // Where bytes are plain, and before the codec, which would make a farewell of the close.
      if (pipeline.context(SslHandler.class) == null) {
        pipeline.addFirst(guard);
      } else {
        pipeline.addAfter(pipeline.context(SslHandler.class).name(), null, guard);
      }
    }
    made.close().onFailure(failure -> {}); // hands it to the pool; one that broke is not kept
  }
}
