package io.signalbox.applier;

import io.signalbox.process.CommonSettings;
import io.signalbox.process.HostPort;
import io.signalbox.process.ProcessDefinition;
import io.signalbox.process.ProcessRuntime;
import io.signalbox.process.Setting;
import io.signalbox.process.SettingValues;
import java.util.List;
import java.util.Map;

/** The process {@code applier}. */
public final class ApplierMain implements ProcessDefinition {
    @Override
    public String name() {
        return "applier";
    }

    @Override
    public Setting<HostPort> httpListen() {
        return ApplierSettings.HTTP_LISTEN;
    }

    @Override
    public List<Setting<?>> settings() {
        return ApplierSettings.ALL;
    }

    @Override
    public void check(SettingValues values) {
        CommonSettings common = CommonSettings.from(values, httpListen());
        Binary.at(ApplierSettings.from(values, common).haproxy());
    }

    @Override
    public Map<String, String> labels(SettingValues values) {
        return Map.of("group", values.get(ReachSettings.GROUP));
    }

    @Override
    public void start(SettingValues values, ProcessRuntime runtime) {
        Wiring.start(ApplierSettings.from(values, runtime.common()), runtime);
    }
}
