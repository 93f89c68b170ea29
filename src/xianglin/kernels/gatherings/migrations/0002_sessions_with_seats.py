import django.db.models.deletion
import uuid
import xianglin.commons.keys.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('areas', '0001_initial'),
        ('gatherings', '0001_first'),
        ('keys', '0001_first'),
    ]

    operations = [
        migrations.AddField(
            model_name='gathering',
            name='code',
            field=models.CharField(blank=True, max_length=32),
        ),
        migrations.AddField(
            model_name='gathering',
            name='ends_at',
            field=models.TimeField(null=True),
        ),
        migrations.AddField(
            model_name='gathering',
            name='hours',
            field=models.DecimalField(decimal_places=1, max_digits=3, null=True),
        ),
        migrations.AddField(
            model_name='gathering',
            name='seats',
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='gathering',
            name='sequence',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='gathering',
            name='taken',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='gathering',
            name='waiting',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='postponement',
            name='from_at',
            field=models.TimeField(null=True),
        ),
        migrations.AddField(
            model_name='postponement',
            name='to_at',
            field=models.TimeField(null=True),
        ),
        migrations.CreateModel(
            name='Registration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', xianglin.commons.keys.fields.SealedField(null=True)),
                ('phone', xianglin.commons.keys.fields.SealedField(null=True)),
                ('state', models.CharField(choices=[('seated', '有座'), ('waiting', '候补'), ('cancelled', '不来了')], max_length=16)),
                ('seat', models.PositiveSmallIntegerField(null=True)),
                ('how', models.CharField(choices=[('self', '自己报的'), ('behalf', '代报的'), ('phone', '电话里报的'), ('walk_in', '当天来的')], default='self', max_length=16)),
                ('by_name', models.CharField(blank=True, max_length=60)),
                ('at', models.DateTimeField()),
                ('promoted_at', models.DateTimeField(null=True)),
                ('cancelled_at', models.DateTimeField(null=True)),
                ('present_at', models.DateTimeField(null=True)),
                ('checked_by', models.CharField(blank=True, max_length=60)),
                ('corrected', models.CharField(blank=True, max_length=200)),
                ('hours', models.DecimalField(decimal_places=1, max_digits=3, null=True)),
                ('account', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('gathering', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='registrations', to='gatherings.gathering')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['gathering', 'state', 'id'], name='gatherings_queue'),
                    models.Index(fields=['account', 'state', 'id'], name='gatherings_own'),
                ],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('seat__isnull', False)), fields=('gathering', 'seat'), name='gatherings_seat_once'),
                    models.UniqueConstraint(condition=models.Q(('account__isnull', False), models.Q(('state', 'cancelled'), _negated=True)), fields=('gathering', 'account'), name='gatherings_signed_up_once'),
                    models.CheckConstraint(condition=models.Q(models.Q(('seat__gte', 1), ('state', 'seated')), models.Q(models.Q(('state', 'seated'), _negated=True), ('seat', None)), _connector='OR'), name='gatherings_seated_has_a_seat'),
                    models.CheckConstraint(condition=models.Q(('present_at', None), ('state', 'seated'), _connector='OR'), name='gatherings_present_is_seated'),
                    models.CheckConstraint(condition=models.Q(('hours', None), ('present_at__isnull', False), _connector='OR'), name='gatherings_hours_of_present'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Series',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('province_id', models.BigIntegerField(editable=False, null=True)),
                ('city_id', models.BigIntegerField(editable=False, null=True)),
                ('county_id', models.BigIntegerField(editable=False, null=True)),
                ('town_id', models.BigIntegerField(editable=False, null=True)),
                ('village_id', models.BigIntegerField(editable=False, null=True)),
                ('grid_id', models.BigIntegerField(editable=False, null=True)),
                ('kind', models.CharField(max_length=64)),
                ('title', models.CharField(max_length=80)),
                ('about', models.TextField(blank=True, max_length=500)),
                ('state', models.CharField(choices=[('open', '还在办'), ('ended', '办完了')], default='open', max_length=16)),
                ('feed', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('opened_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('area', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='所在区划')),
                ('opened_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [
                    models.Index(fields=['county_id', 'kind', 'state', '-id'], name='gatherings_series_county'),
                    models.Index(fields=['town_id', 'kind', 'state', '-id'], name='gatherings_series_town'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('state', 'open')), models.Q(('ended_at__isnull', False), ('state', 'ended')), _connector='OR'), name='gatherings_series_ended'),
                ],
            },
        ),
        migrations.AddField(
            model_name='gathering',
            name='series',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='gatherings.series'),
        ),
        migrations.AddIndex(
            model_name='gathering',
            index=models.Index(fields=['county_id', 'kind', 'on', 'id'], name='gatherings_county_days'),
        ),
        migrations.AddIndex(
            model_name='gathering',
            index=models.Index(fields=['town_id', 'kind', 'on', 'id'], name='gatherings_town_days'),
        ),
        migrations.AddIndex(
            model_name='gathering',
            index=models.Index(fields=['series', 'on'], name='gatherings_of_series'),
        ),
        migrations.AddIndex(
            model_name='gathering',
            index=models.Index(condition=models.Q(('code', ''), _negated=True), fields=['state', 'on'], name='gatherings_sessions'),
        ),
        migrations.AddConstraint(
            model_name='gathering',
            constraint=models.CheckConstraint(condition=models.Q(('seats', None), ('taken__lte', models.F('seats')), _connector='OR'), name='gatherings_seats'),
        ),
        migrations.AddConstraint(
            model_name='gathering',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at', None), ('ends_at__gt', models.F('at')), _connector='OR'), name='gatherings_ends_later'),
        ),
    ]
