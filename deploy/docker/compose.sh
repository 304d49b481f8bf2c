# Sourced: 'compose' is Docker Compose, as a plugin or as the older program of its own.
if docker compose version > /dev/null 2>&1; then
  compose() { docker compose -p kith "$@"; }
elif command -v docker-compose > /dev/null; then
  compose() { docker-compose -p kith "$@"; }
else
  echo "needs Docker Compose (Debian: docker-compose)" >&2
  exit 1
fi
# The services that not everyone wants.
profiles=()
[[ ${GRAFANA:-yes} == yes ]] && profiles+=(grafana)
[[ -n ${INTAKE_TOPICS:-} ]] && profiles+=(intake)
COMPOSE_PROFILES=$(IFS=,; printf '%s' "${profiles[*]}")
export COMPOSE_PROFILES
