@NullMarked
package dev.perch.agent.keys;

import org.jspecify.annotations.NullMarked;
