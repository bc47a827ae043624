@NullMarked
package dev.perch.agent.tls;

import org.jspecify.annotations.NullMarked;
