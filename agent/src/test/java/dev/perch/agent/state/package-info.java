@NullMarked
package dev.perch.agent.state;

import org.jspecify.annotations.NullMarked;
