/** What happens, as it happens: from the services' streams or from Kafka. */
@NullMarked
package dev.perch.cli.event;

import org.jspecify.annotations.NullMarked;
