#!/usr/bin/env bash
# Stand-in for the entry of Flink's image: jobmanager, taskmanager, standalone-job ARGUMENTS, or any command.
# FLINK_PROPERTIES is added to the settings; the memory is shared out by Flink's own class.
set -euo pipefail
HOME_DIR=/opt/flink
CONF=$HOME_DIR/conf
JOB_MANAGER_RPC_ADDRESS=${JOB_MANAGER_RPC_ADDRESS:-$(hostname -f)}

# The last of several lines of one name counts.
settings() {
  local all
  all=$(printf '%s\n' "$(< "$CONF/config.yaml")" "jobmanager.rpc.address: $JOB_MANAGER_RPC_ADDRESS" "${FLINK_PROPERTIES:-}" \
    | awk -F': ' 'NF { line[$1] = $0 } END { for (name in line) print line[name] }')
  printf '%s\n' "$all" > "$CONF/config.yaml"
}

# Sets JVM and DYNAMIC as Flink shares out the memory; $1 is TM or JM.
resources() {
  local said
  said=$(java -cp "$HOME_DIR/lib/*" org.apache.flink.runtime.util.bash.BashJavaUtils "GET_$1_RESOURCE_PARAMS" \
    --configDir "$CONF" 2>&1) || { printf '%s\n' "$said" >&2; exit 1; }
  mapfile -t said < <(sed -n 's/^BASH_JAVA_UTILS_EXEC_RESULT://p' <<< "$said")
  read -r -a JVM <<< "${said[0]}"
  read -r -a DYNAMIC <<< "${said[1]:-}"
}

run() {
  exec java "${JVM[@]}" -XX:+UseG1GC "-Dlog4j2.configurationFile=$CONF/log4j-console.properties" \
    -cp "$HOME_DIR/lib/*" "$@"
}

command=${1:-help}
case $command in
  jobmanager)
    settings
    resources JM
    run org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint --configDir "$CONF" "${DYNAMIC[@]}"
    ;;
  standalone-job)
    shift
    settings
    resources JM
    run org.apache.flink.container.entrypoint.StandaloneApplicationClusterEntryPoint --configDir "$CONF" \
      "${DYNAMIC[@]}" "$@"
    ;;
  taskmanager)
    settings
    resources TM
    run org.apache.flink.runtime.taskexecutor.TaskManagerRunner --configDir "$CONF" "${DYNAMIC[@]}"
    ;;
  *)
    exec "$@"
    ;;
esac
