package io.signalbox.cli.export;

import io.signalbox.applier.template.Machine;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import javax.naming.Context;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;

/** The machine that this runs on. */
public final class ThisMachine implements Machine {
    private static final String SRV = "SRV";

    @Override
    public Optional<String> variable(String name) {
        return Optional.ofNullable(System.getenv(name));
    }

    @Override
    public ZonedDateTime now() {
        return ZonedDateTime.now(ZoneId.systemDefault());
    }

    @Override
    public boolean fileExists(String path) {
        return Files.exists(Path.of(path));
    }

    @Override
    public List<String> addresses(String host) throws IOException {
        return Arrays.stream(InetAddress.getAllByName(host))
                .map(InetAddress::getHostAddress)
                .toList();
    }

    /** The provider of DNS gives texts and never objects. */
    @Override
    @SuppressWarnings("BanJNDI")
    public List<String> services(String name) throws IOException {
        Properties environment = new Properties();
        environment.setProperty(
                Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
        List<String> records = new ArrayList<>();
        try {
            InitialDirContext names = new InitialDirContext(environment);
            try {
                Attribute found = names.getAttributes(name, new String[] {SRV}).get(SRV);
                if (found == null) {
                    throw new IOException(name + " has no records of type " + SRV);
                }
                NamingEnumeration<?> all = found.getAll();
                while (all.hasMore()) {
                    records.add(all.next().toString());
                }
            } finally {
                names.close();
            }
        } catch (NamingException e) {
            throw new IOException(name + " was not found: " + e.getMessage(), e);
        }
        return records;
    }
}
