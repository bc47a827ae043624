@NullMarked
package dev.perch.agent.link;

import org.jspecify.annotations.NullMarked;
