package io.logcaster.cluster.store;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@Configuration(proxyBeanMethods = false)
@Import(StoreRegistrar.class)
class StoreConfiguration {}
