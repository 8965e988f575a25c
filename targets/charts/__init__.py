"""Charts over the rows of the overview."""

from targets.charts import registry
from targets.charts.base import overview_for, subtitle_of
from targets.charts.forecast import Forecast, ForecastShares, ProjectionChart
from targets.charts.registry import CHARTS, cards, target_card
